package main

import (
	"io"
	"log"
	"net/http"
	"os"
	"time"
)

func main() {
	answer, err := http.Get("https://rates.example/today")
	if err != nil {
		log.Fatal(err)
	}
	defer answer.Body.Close()

	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		log.Fatal(err)
	}
	log.Print("rates of ", time.Now().In(zone).Format(time.DateOnly))
	io.Copy(os.Stdout, answer.Body)
}
