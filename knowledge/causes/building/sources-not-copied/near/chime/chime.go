package chime

func Ring() { println("ding") }
