module shop.example/migrate

go 1.24
