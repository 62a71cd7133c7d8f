package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	stop, cancel := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer cancel()

	http.HandleFunc("/degrees", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "21.5") })
	server := &http.Server{Addr: ":8080"}
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		<-stop.Done()
		deadline, cancel := context.WithTimeout(context.Background(), 8*time.Second)
		defer cancel()
		if err := server.Shutdown(deadline); err != nil {
			log.Print(err)
		}
	}()
	log.Print("thermo on :8080")
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		log.Fatal(err)
	}
	<-stopped
}
