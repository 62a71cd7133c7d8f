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
	stop, cancel := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer cancel()

	http.HandleFunc("/orders.csv", func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(4 * time.Second) // the rows come from a slow query
		fmt.Fprintln(w, "order,total")
	})
	server := &http.Server{Addr: ":8080"}
	go func() {
		<-stop.Done()
		log.Print("shutting down")
		server.Shutdown(context.Background())
	}()
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		log.Fatal(err)
	}
}
