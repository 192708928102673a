-- +goose Up

-- The client's own files from which a brief was written (A26). The bytes are in the
-- file store under their hash.
CREATE TABLE brief_file (
  id          TEXT PRIMARY KEY,
  campaign_id TEXT NOT NULL REFERENCES campaign (id),
  name        TEXT NOT NULL,
  kind        TEXT NOT NULL,
  media_type  TEXT NOT NULL,
  sha256      TEXT NOT NULL,
  size        BIGINT NOT NULL,
  added_at    BIGINT NOT NULL,
  added_by    TEXT NOT NULL,
  UNIQUE (campaign_id, sha256)
);
