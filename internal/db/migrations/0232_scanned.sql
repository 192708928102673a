-- +goose Up

-- Which counts of an insight were first read from its pictures by the machine, and then
-- confirmed by who sent them.
ALTER TABLE insight ADD COLUMN scanned TEXT NOT NULL DEFAULT '[]';
