-- +goose Up

-- A question that people brainstorm on, and what came of it (A25).
CREATE TABLE idea_board (
  id             TEXT PRIMARY KEY,
  title          TEXT NOT NULL,
  question       TEXT NOT NULL,
  opportunity_id TEXT NOT NULL,
  client_id      TEXT NOT NULL,
  made_at        BIGINT NOT NULL,
  by_id          TEXT NOT NULL,
  by_name        TEXT NOT NULL,
  closed_at      BIGINT,
  version        BIGINT NOT NULL
);
CREATE INDEX idea_board_by_opportunity ON idea_board (opportunity_id);

-- An idea keeps its author for ever (A21). Whether it is used is computed from its uses.
CREATE TABLE idea (
  id         TEXT PRIMARY KEY,
  board_id   TEXT NOT NULL REFERENCES idea_board (id),
  author_id  TEXT NOT NULL,
  author     TEXT NOT NULL,
  title      TEXT NOT NULL,
  body       TEXT NOT NULL,
  links      TEXT NOT NULL,
  kind       TEXT NOT NULL,
  note_id    TEXT NOT NULL,
  decision   TEXT NOT NULL,
  why        TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  decided_at BIGINT,
  made_at    BIGINT NOT NULL,
  version    BIGINT NOT NULL
);
CREATE INDEX idea_by_board ON idea (board_id);

CREATE TABLE idea_vote (
  idea_id   TEXT NOT NULL REFERENCES idea (id),
  person_id TEXT NOT NULL,
  at        BIGINT NOT NULL,
  PRIMARY KEY (idea_id, person_id)
);

CREATE TABLE idea_use (
  idea_id    TEXT NOT NULL REFERENCES idea (id),
  kind       TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  name       TEXT NOT NULL,
  at         BIGINT NOT NULL,
  by_name    TEXT NOT NULL,
  PRIMARY KEY (idea_id, kind, subject_id)
);

-- A slot that tries something out, with a measure of its own.
CREATE TABLE experiment (
  slot_id     TEXT PRIMARY KEY,
  campaign_id TEXT NOT NULL,
  idea_id     TEXT NOT NULL,
  belief      TEXT NOT NULL,
  measure     TEXT NOT NULL,
  target      BIGINT NOT NULL,
  made_at     BIGINT NOT NULL,
  by_name     TEXT NOT NULL,
  learned     TEXT NOT NULL,
  ended_at    BIGINT,
  ended_by    TEXT NOT NULL,
  version     BIGINT NOT NULL
);
CREATE INDEX experiment_by_campaign ON experiment (campaign_id);

-- What convinces: a testimonial, a case study, a statistic, an expert (A24). permission says
-- whether clients may see it: yes, anonymised, no.
CREATE TABLE proof (
  id          TEXT PRIMARY KEY,
  kind        TEXT NOT NULL,
  title       TEXT NOT NULL,
  body        TEXT NOT NULL,
  who         TEXT NOT NULL,
  source      TEXT NOT NULL,
  link        TEXT NOT NULL,
  source_on   TEXT NOT NULL,
  client_id   TEXT NOT NULL,
  campaign_id TEXT NOT NULL,
  figures     TEXT NOT NULL,
  permission  TEXT NOT NULL,
  alias       TEXT NOT NULL,
  consent     TEXT NOT NULL,
  consent_on  TEXT NOT NULL,
  fold        TEXT NOT NULL,
  made_at     BIGINT NOT NULL,
  by_name     TEXT NOT NULL,
  retired_at  BIGINT,
  version     BIGINT NOT NULL
);
CREATE INDEX proof_by_kind ON proof (kind);
CREATE UNIQUE INDEX proof_of_campaign ON proof (campaign_id) WHERE campaign_id <> '';

-- Service sheets and standard decks, in versions with a validity (A6).
CREATE TABLE service_sheet (
  id      TEXT PRIMARY KEY,
  title   TEXT NOT NULL,
  kind    TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  by_name TEXT NOT NULL
);

CREATE TABLE service_sheet_version (
  id        TEXT PRIMARY KEY,
  sheet_id  TEXT NOT NULL REFERENCES service_sheet (id),
  number    BIGINT NOT NULL,
  file_sha  TEXT NOT NULL,
  file_name TEXT NOT NULL,
  file_type TEXT NOT NULL,
  file_size BIGINT NOT NULL,
  from_on   TEXT NOT NULL,
  until_on  TEXT NOT NULL,
  note      TEXT NOT NULL,
  made_at   BIGINT NOT NULL,
  by_name   TEXT NOT NULL,
  UNIQUE (sheet_id, number)
);

-- Which version was shown to whom, and why although it was out of date.
CREATE TABLE service_sheet_shown (
  id             TEXT PRIMARY KEY,
  sheet_id       TEXT NOT NULL REFERENCES service_sheet (id),
  version_id     TEXT NOT NULL REFERENCES service_sheet_version (id),
  number         BIGINT NOT NULL,
  whom           TEXT NOT NULL,
  contact_id     TEXT NOT NULL,
  opportunity_id TEXT NOT NULL,
  deck_id        TEXT NOT NULL,
  reason         TEXT NOT NULL,
  at             BIGINT NOT NULL,
  by_name        TEXT NOT NULL
);
CREATE INDEX service_sheet_shown_by_sheet ON service_sheet_shown (sheet_id, at);
