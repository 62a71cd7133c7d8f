package main

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"os/signal"
	"syscall"
	"time"
)

// loadIndex reads the whole catalogue into memory, which takes about 40 seconds.
func loadIndex() map[string]string {
	time.Sleep(40 * time.Second)
	return map[string]string{"tea": "shelf 4"}
}

func main() {
	stop, cancel := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer cancel()

	index := loadIndex()
	http.HandleFunc("/healthz", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "ok") })
	http.HandleFunc("/find", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, index[r.FormValue("q")])
	})
	server := &http.Server{Addr: ":8080"}
	go func() { log.Print(server.ListenAndServe()) }()
	log.Print("search on :8080")

	<-stop.Done()
	deadline, cancel := context.WithTimeout(context.Background(), 8*time.Second)
	defer cancel()
	if err := server.Shutdown(deadline); err != nil {
		log.Print(err)
	}
}
