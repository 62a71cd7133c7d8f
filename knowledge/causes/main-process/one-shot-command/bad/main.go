package main

import "fmt"

func main() {
	total := 0
	for day := 1; day <= 7; day++ {
		total += day
	}
	fmt.Println("total", total)
}
