module ledger.example/ledger

go 1.24
