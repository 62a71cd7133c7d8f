package words

import "strings"

func Greeting(names []string) string {
	if len(names) == 0 {
		return "hello, world"
	}
	return "hello, " + strings.Join(names, " and ")
}
