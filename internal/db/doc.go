// Package db keeps facts: one SQL text for SQLite and PostgreSQL, one writer at
// a time, and a snapshot for each reader.
//
// A change is a function given to Write. It gets a Tx with one instant for the
// whole change, and either all of it is kept or nothing. Changes that arrive
// together share one durable commit (group commit); one that fails is undone
// alone. On PostgreSQL the writers of all instances take turns on one row,
// so both databases give the same, serial, order of changes.
//
// Only this room imports SQL drivers. A function given to Write or Read touches
// nothing but its Tx and its own variables: it may run again.
package db
