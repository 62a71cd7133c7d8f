module greeter

go 1.20
