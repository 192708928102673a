-- +goose Up

-- What an account's figures were on a day: one row a day and source, so that a jump
-- can be seen. -1 is unknown.
CREATE TABLE talent_figure (
  account_id   TEXT NOT NULL REFERENCES talent_account (id),
  on_day       TEXT NOT NULL,
  source       TEXT NOT NULL,
  followers    BIGINT NOT NULL,
  er_bp        BIGINT NOT NULL,
  er_base      TEXT NOT NULL,
  avg_views    BIGINT NOT NULL,
  avg_likes    BIGINT NOT NULL,
  avg_comments BIGINT NOT NULL,
  avg_shares   BIGINT NOT NULL,
  made_at      BIGINT NOT NULL,
  PRIMARY KEY (account_id, on_day, source)
);

-- Who watches an account: a share of the audience by country, age or gender, from a
-- dated media kit or a table. One set a kind; a newer one replaces it.
CREATE TABLE talent_audience (
  account_id TEXT NOT NULL REFERENCES talent_account (id),
  kind       TEXT NOT NULL,
  value      TEXT NOT NULL,
  share_bp   BIGINT NOT NULL,
  on_day     TEXT NOT NULL,
  source     TEXT NOT NULL,
  PRIMARY KEY (account_id, kind, value)
);

-- The talent's yes to be shown to clients, in whose words, and when it was taken back.
CREATE TABLE talent_consent (
  talent_id    TEXT PRIMARY KEY REFERENCES talent (id),
  given_at     BIGINT NOT NULL,
  how          TEXT NOT NULL,
  kept_by      TEXT NOT NULL,
  withdrawn_at BIGINT,
  version      BIGINT NOT NULL
);

-- A link to a talent's one page, for anybody who has it. Its secret is kept as a hash.
CREATE TABLE talent_sheet (
  id           TEXT PRIMARY KEY,
  talent_id    TEXT NOT NULL REFERENCES talent (id),
  token_hash   TEXT NOT NULL UNIQUE,
  lang         TEXT NOT NULL,
  made_at      BIGINT NOT NULL,
  made_by      TEXT NOT NULL,
  until_at     BIGINT NOT NULL,
  withdrawn_at BIGINT,
  version      BIGINT NOT NULL
);
CREATE INDEX talent_sheet_by_talent ON talent_sheet (talent_id, made_at);
