module example.com/greeter

go 1.22

require git.corp.example/team/words v1.2.0
