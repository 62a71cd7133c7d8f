module shop.example/vault

go 1.24
