module rates.example/rates

go 1.24
