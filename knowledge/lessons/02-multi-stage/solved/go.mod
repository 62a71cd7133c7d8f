module labels.example/labels

go 1.24
