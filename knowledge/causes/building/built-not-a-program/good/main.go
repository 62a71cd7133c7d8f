package main

import "bell.example/bell/chime"

func main() { chime.Ring() }
