package main

import (
	"fmt"

	"example.org/words"
)

func main() { fmt.Println(words.Greeting()) }
