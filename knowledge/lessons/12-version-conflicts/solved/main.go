package main

import (
	"fmt"
	"strings"

	"github.com/google/uuid"
)

func main() {
	// strings.Lines came with Go 1.24.
	for line := range strings.Lines("first\nsecond\n") {
		fmt.Print(uuid.New(), " ", line)
	}
}
