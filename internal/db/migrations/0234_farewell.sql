-- +goose Up

-- What a client said at the end of a campaign about another one (A11).
CREATE TABLE farewell (
  campaign_id TEXT PRIMARY KEY REFERENCES campaign (id),
  again       TEXT NOT NULL,
  reason      TEXT NOT NULL,
  said_at     BIGINT NOT NULL,
  said_to     TEXT NOT NULL
);
