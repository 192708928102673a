-- +goose Up

-- The snapshots of the talent index that instances keep beside the database. A file
-- whose mark is not here is of another database, or of this one before it was restored.
CREATE TABLE match_snapshot (
  mark    TEXT PRIMARY KEY,
  seq     BIGINT NOT NULL,
  made_at BIGINT NOT NULL
);
