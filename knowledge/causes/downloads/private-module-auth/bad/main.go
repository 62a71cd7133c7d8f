package main

import (
	"fmt"

	"git.corp.example/team/words"
)

func main() { fmt.Println(words.Greeting()) }
