module shelf.example/shelf

go 1.24
