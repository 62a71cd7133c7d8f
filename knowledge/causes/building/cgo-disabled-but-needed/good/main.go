package main

import (
	"database/sql"

	_ "github.com/mattn/go-sqlite3"
)

func main() {
	store, err := sql.Open("sqlite3", "/data/bell.db")
	if err != nil {
		panic(err)
	}
	if err := store.Ping(); err != nil {
		panic(err)
	}
}
