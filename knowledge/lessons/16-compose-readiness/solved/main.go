package main

import (
	"log"
	"net"
	"net/http"
	"os"
)

func main() {
	db, err := net.Dial("tcp", "db:5432")
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close()
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { w.Write([]byte("books\n")) })
	log.Fatal(http.ListenAndServe(":"+os.Getenv("PORT"), nil))
}
