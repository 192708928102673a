package db

import "testing"

func TestUnnamed(t *testing.T) {
	for text, want := range map[string]string{
		"INSERT INTO a VALUES ($1, $2, $3)": "INSERT INTO a VALUES (?, ?, ?)",
		"SELECT $1":                         "SELECT $1",
		"SELECT $1, $1, $2":                 "SELECT $1, $1, $2",
		"SELECT $2, $1":                     "SELECT $2, $1",
		"UPDATE a SET b = $1, note = 'costs $9' WHERE c=$2": "UPDATE a SET b = ?, note = 'costs $9' WHERE c=?",
		"SELECT 'it''s $2', $1, $2":                         "SELECT 'it''s $2', ?, ?",
		"VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)":  "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	} {
		if got := unnamed(text); got != want {
			t.Errorf("%s became %s, want %s", text, got, want)
		}
	}
}
