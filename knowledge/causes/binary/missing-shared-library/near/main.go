package main

/*
#cgo LDFLAGS: -lsodium
#include <sodium.h>
*/
import "C"

import (
	"log"
	"net/http"
)

func main() {
	if C.sodium_init() < 0 {
		log.Fatal("sodium does not start")
	}
	log.Fatal(http.ListenAndServe(":8080", nil))
}
