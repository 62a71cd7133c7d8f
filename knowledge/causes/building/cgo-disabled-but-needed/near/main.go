package main

import (
	"database/sql"

	_ "modernc.org/sqlite"
)

func main() {
	store, err := sql.Open("sqlite", "/data/bell.db")
	if err != nil {
		panic(err)
	}
	if err := store.Ping(); err != nil {
		panic(err)
	}
}
