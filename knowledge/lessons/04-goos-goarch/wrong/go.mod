module thermo.example/thermo

go 1.24
