-- +goose Up

-- A talent that was merged into another: where its id leads, and what was on its
-- record, since the row itself is emptied.
CREATE TABLE talent_merge (
  talent_id TEXT PRIMARY KEY REFERENCES talent (id),
  into_id   TEXT NOT NULL REFERENCES talent (id),
  record    TEXT NOT NULL,
  merged_at BIGINT NOT NULL,
  merged_by TEXT NOT NULL
);
CREATE INDEX talent_merge_by_into ON talent_merge (into_id);

-- Two talents of whom a person said that they are not the same. a_id sorts first.
CREATE TABLE talent_distinct (
  a_id    TEXT NOT NULL REFERENCES talent (id),
  b_id    TEXT NOT NULL REFERENCES talent (id),
  said_at BIGINT NOT NULL,
  said_by TEXT NOT NULL,
  PRIMARY KEY (a_id, b_id)
);

-- A named address of the list of talents: filter, order and text as chips. owner_id is
-- whose it is; shared shows it to everybody.
CREATE TABLE talent_view (
  id       TEXT PRIMARY KEY,
  owner_id TEXT NOT NULL,
  name     TEXT NOT NULL,
  query    TEXT NOT NULL,
  shared   BOOLEAN NOT NULL,
  made_at  BIGINT NOT NULL,
  version  BIGINT NOT NULL
);
CREATE INDEX talent_view_by_owner ON talent_view (owner_id);
