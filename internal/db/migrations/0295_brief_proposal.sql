-- +goose Up

-- What a meeting decided about an agreed brief, until the client accepts or objects (R14).
-- silent_at is NULL where the agreement lets only a click count.
CREATE TABLE brief_proposal (
  id            TEXT PRIMARY KEY,
  campaign_id   TEXT NOT NULL REFERENCES campaign (id),
  source        TEXT NOT NULL,
  source_id     TEXT NOT NULL,
  source_note   TEXT NOT NULL,
  replaces      TEXT NOT NULL,
  made_at       BIGINT NOT NULL,
  made_by       TEXT NOT NULL,
  silent_at     BIGINT,
  settled_at    BIGINT,
  settled_by_id TEXT NOT NULL,
  settled_by    TEXT NOT NULL,
  settled_via   TEXT NOT NULL,
  outcome       TEXT NOT NULL,
  why           TEXT NOT NULL,
  brief_number  BIGINT NOT NULL,
  version       BIGINT NOT NULL
);
CREATE INDEX brief_proposal_by_campaign ON brief_proposal (campaign_id, made_at);
CREATE INDEX brief_proposal_by_source ON brief_proposal (source_id) WHERE source_id <> '';

-- One change of one point. An objection to it leaves the others as they are.
CREATE TABLE brief_proposal_line (
  proposal_id    TEXT NOT NULL REFERENCES brief_proposal (id),
  id             TEXT NOT NULL,
  position       BIGINT NOT NULL,
  what           TEXT NOT NULL,
  point_id       TEXT NOT NULL,
  point          TEXT NOT NULL,
  objected_at    BIGINT,
  objected_by_id TEXT NOT NULL,
  objected_by    TEXT NOT NULL,
  objection      TEXT NOT NULL,
  PRIMARY KEY (proposal_id, id)
);
