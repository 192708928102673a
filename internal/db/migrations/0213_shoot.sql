-- +goose Up

-- One day on location (A39, A40). Its zone is the place's.
CREATE TABLE shoot (
  id          TEXT PRIMARY KEY,
  campaign_id TEXT NOT NULL REFERENCES campaign (id),
  on_day      TEXT NOT NULL,
  zone        TEXT NOT NULL,
  place       TEXT NOT NULL,
  map_url     TEXT NOT NULL,
  bring       TEXT NOT NULL,
  made_at     BIGINT NOT NULL,
  made_by     TEXT NOT NULL,
  version     BIGINT NOT NULL
);
CREATE INDEX shoot_by_campaign ON shoot (campaign_id, on_day);

-- When one person has to be there.
CREATE TABLE shoot_call (
  id          TEXT PRIMARY KEY,
  shoot_id    TEXT NOT NULL REFERENCES shoot (id),
  campaign_id TEXT NOT NULL,
  kind        TEXT NOT NULL,
  person_id   TEXT NOT NULL,
  name        TEXT NOT NULL,
  at          BIGINT NOT NULL,
  zone        TEXT NOT NULL,
  UNIQUE (kind, person_id, at)
);
CREATE INDEX shoot_call_by_shoot ON shoot_call (shoot_id, at);

-- A point of the brief that was filmed of one talent. Append-only.
CREATE TABLE shoot_tick (
  shoot_id    TEXT NOT NULL REFERENCES shoot (id),
  campaign_id TEXT NOT NULL,
  talent_id   TEXT NOT NULL,
  point_id    TEXT NOT NULL,
  at          BIGINT NOT NULL,
  by_name     TEXT NOT NULL,
  PRIMARY KEY (shoot_id, talent_id, point_id)
);

-- What somebody wished on set, and whether the brief holds it.
CREATE TABLE shoot_wish (
  id          TEXT PRIMARY KEY,
  shoot_id    TEXT NOT NULL REFERENCES shoot (id),
  campaign_id TEXT NOT NULL,
  body        TEXT NOT NULL,
  said_by     TEXT NOT NULL,
  said_at     BIGINT NOT NULL,
  verdict     TEXT NOT NULL,
  point_id    TEXT NOT NULL,
  entered_by  TEXT NOT NULL,
  ruled_by    TEXT NOT NULL,
  ruled_at    BIGINT
);
CREATE INDEX shoot_wish_by_shoot ON shoot_wish (shoot_id, said_at);
