module bell.example/bell

go 1.24
