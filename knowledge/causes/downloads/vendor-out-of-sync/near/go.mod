module example.com/greeter

go 1.22

require example.org/words v1.2.0
