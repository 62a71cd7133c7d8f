package main

import (
	"fmt"
	"os"

	"greeter/words"
)

func main() {
	fmt.Println(words.Greeting(os.Args[1:]))
}
