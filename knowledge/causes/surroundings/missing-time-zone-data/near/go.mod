module shop.example/clock

go 1.24
