module shop.example/web

go 1.24
