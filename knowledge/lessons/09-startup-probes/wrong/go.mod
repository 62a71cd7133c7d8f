module search.example/search

go 1.24
