package main

import "fmt"

func main() {
	fmt.Println("weeks in a year:", 365/7)
}
