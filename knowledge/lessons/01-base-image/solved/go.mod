module prices.example/prices

go 1.24
