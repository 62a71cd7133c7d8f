module example.com/hello

go 1.24

require example.org/words v1.2.0
