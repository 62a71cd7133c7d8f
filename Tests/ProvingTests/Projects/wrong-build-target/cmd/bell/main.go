package main

func main() { println("ding") }
