package main

import (
	"os"
	"os/signal"
	"syscall"
)

func main() {
	println("waiting")
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM)
	<-stop
}
