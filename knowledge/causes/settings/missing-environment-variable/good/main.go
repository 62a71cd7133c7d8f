package main

import (
	"log"
	"net/http"
	"os"
)

func main() {
	key := os.Getenv("LEDGER_KEY")
	if key == "" {
		log.Fatal("LEDGER_KEY is not set")
	}
	log.Fatal(http.ListenAndServe(":8080", nil))
}
