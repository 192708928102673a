-- +goose Up

-- A way into a platform from which posts' counts are read: a key of the agency, or what
-- the owner of an account let us in with. Tokens are sealed.
CREATE TABLE connection (
  id             TEXT PRIMARY KEY,
  platform       TEXT NOT NULL,
  way            TEXT NOT NULL,
  mode           TEXT NOT NULL,
  account_id     TEXT NOT NULL,
  talent_id      TEXT NOT NULL,
  handle         TEXT NOT NULL,
  token_sealed   TEXT NOT NULL,
  token_end      TEXT NOT NULL,
  renewal_sealed TEXT NOT NULL,
  app            TEXT NOT NULL,
  secret_sealed  TEXT NOT NULL,
  expires_at     BIGINT,
  renew_until    BIGINT,
  changed_at     BIGINT NOT NULL,
  changed_name   TEXT NOT NULL,
  pulled_at      BIGINT,
  asked          BIGINT NOT NULL,
  found          BIGINT NOT NULL,
  failed_at      BIGINT,
  fails          BIGINT NOT NULL,
  fault          TEXT NOT NULL,
  next_at        BIGINT,
  turn           BIGINT NOT NULL,
  version        BIGINT NOT NULL
);
CREATE UNIQUE INDEX connection_by_key ON connection (platform, account_id);
CREATE INDEX connection_by_talent ON connection (talent_id);

-- What the last pull said of each post; missing names the counts that the platform kept
-- to itself.
CREATE TABLE pulled_post (
  post_id       TEXT PRIMARY KEY REFERENCES post (id),
  connection_id TEXT NOT NULL,
  at            BIGINT NOT NULL,
  counts        TEXT NOT NULL,
  missing       TEXT NOT NULL,
  fault         TEXT NOT NULL
);
