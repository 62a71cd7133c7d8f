// Takes orders from the other services.
package main

import (
	"context"
	"errors"
	"log"
	"net/http"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	stop, cancel := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer cancel()

	http.HandleFunc("/orders", accept)
	server := &http.Server{Addr: ":9000"}
	go func() {
		if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
			log.Fatal(err)
		}
	}()

	<-stop.Done()
	deadline, done := context.WithTimeout(context.Background(), 5*time.Second)
	defer done()
	if err := server.Shutdown(deadline); err != nil {
		log.Print(err)
	}
}

func accept(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusAccepted)
}
