package words

func Greeting() string { return "hello" }
