module reports.example/reports

go 1.24
