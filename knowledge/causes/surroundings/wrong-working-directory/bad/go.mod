module shop.example/site

go 1.24
