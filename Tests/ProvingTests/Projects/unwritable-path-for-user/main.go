package main

import (
	"log"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	page, err := os.Create("/srv/diary/today.txt")
	if err != nil {
		log.Fatal(err)
	}
	defer page.Close()
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM)
	<-stop
}
