package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	day := flag.String("day", "", "the day to report")
	flag.Parse()
	if *day == "" {
		fmt.Fprintln(os.Stderr, "no day given")
		os.Exit(1)
	}
	fmt.Println("report of", *day)
}
