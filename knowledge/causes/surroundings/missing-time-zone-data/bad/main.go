package main

import (
	"fmt"
	"log"
	"time"
)

func main() {
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		log.Fatal(err)
	}
	for {
		fmt.Println(time.Now().In(zone))
		time.Sleep(time.Minute)
	}
}
