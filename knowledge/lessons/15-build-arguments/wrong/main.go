package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Printf("clock, version %q\n", os.Getenv("APP_VERSION"))
}
