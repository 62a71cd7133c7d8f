module queue.example/queue

go 1.24
