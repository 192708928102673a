-- +goose Up

-- A pitch deck of an opportunity (A20): concept, outline, versions, and who read what.
CREATE TABLE deck (
  id             TEXT PRIMARY KEY,
  opportunity_id TEXT NOT NULL REFERENCES opportunity (id),
  title          TEXT NOT NULL,
  lang           TEXT NOT NULL,
  owner_id       TEXT NOT NULL REFERENCES person (id),
  concept        TEXT NOT NULL,
  ripe_at        BIGINT,
  ripe_by        TEXT NOT NULL,
  template_sha   TEXT NOT NULL,
  template_name  TEXT NOT NULL,
  learned        TEXT NOT NULL,
  made_at        BIGINT NOT NULL,
  by_name        TEXT NOT NULL,
  version        BIGINT NOT NULL
);
CREATE INDEX deck_by_opportunity ON deck (opportunity_id);

-- A page of the outline; what it holds besides words depends on its kind.
CREATE TABLE deck_part (
  id      TEXT PRIMARY KEY,
  deck_id TEXT NOT NULL REFERENCES deck (id),
  place   BIGINT NOT NULL,
  kind    TEXT NOT NULL,
  title   TEXT NOT NULL,
  body    TEXT NOT NULL,
  data    TEXT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX deck_part_by_deck ON deck_part (deck_id, place);

-- A version never changes: its document is what the outline said. The files are made when it
-- is first sent; hash is over the document and both files.
CREATE TABLE deck_version (
  id          TEXT PRIMARY KEY,
  deck_id     TEXT NOT NULL REFERENCES deck (id),
  number      BIGINT NOT NULL,
  doc         TEXT NOT NULL,
  doc_hash    TEXT NOT NULL,
  design_sha  TEXT NOT NULL,
  design_name TEXT NOT NULL,
  design_type TEXT NOT NULL,
  made_at     BIGINT NOT NULL,
  by_id       TEXT NOT NULL,
  by_name     TEXT NOT NULL,
  approved_at BIGINT,
  approved_by TEXT NOT NULL,
  refused_at  BIGINT,
  refused_by  TEXT NOT NULL,
  refused_why TEXT NOT NULL,
  sent_at     BIGINT,
  pptx_sha    TEXT NOT NULL,
  pdf_sha     TEXT NOT NULL,
  hash        TEXT NOT NULL,
  UNIQUE (deck_id, number)
);

-- What a designer is asked for; it needs a ripe concept.
CREATE TABLE design_request (
  id          TEXT PRIMARY KEY,
  deck_id     TEXT NOT NULL REFERENCES deck (id),
  designer_id TEXT NOT NULL REFERENCES person (id),
  task_id     TEXT NOT NULL,
  words       TEXT NOT NULL,
  size        TEXT NOT NULL,
  links       TEXT NOT NULL,
  assets      TEXT NOT NULL,
  asked_at    BIGINT NOT NULL,
  asked_by    TEXT NOT NULL,
  done_at     BIGINT,
  version_id  TEXT NOT NULL,
  dropped_at  BIGINT,
  dropped_why TEXT NOT NULL,
  version     BIGINT NOT NULL
);
CREATE INDEX design_request_by_designer ON design_request (designer_id, asked_at);
CREATE INDEX design_request_by_deck ON design_request (deck_id);

-- A link to one sent version for one named receiver. Its secret is kept only as a hash.
CREATE TABLE deck_share (
  id         TEXT PRIMARY KEY,
  hash       TEXT NOT NULL UNIQUE,
  deck_id    TEXT NOT NULL REFERENCES deck (id),
  version_id TEXT NOT NULL REFERENCES deck_version (id),
  contact_id TEXT NOT NULL,
  name       TEXT NOT NULL,
  lang       TEXT NOT NULL,
  zone       TEXT NOT NULL,
  made_at    BIGINT NOT NULL,
  by_name    TEXT NOT NULL,
  expires_at BIGINT NOT NULL,
  revoked_at BIGINT
);
CREATE INDEX deck_share_by_deck ON deck_share (deck_id);

-- A browser that read a link's deck: one reader, however often it came back.
CREATE TABLE deck_reader (
  share_id TEXT NOT NULL REFERENCES deck_share (id),
  reader   TEXT NOT NULL,
  phone    BIGINT NOT NULL,
  first_at BIGINT NOT NULL,
  last_at  BIGINT NOT NULL,
  visits   BIGINT NOT NULL,
  PRIMARY KEY (share_id, reader)
);

-- How long a reader had a section before them, in milliseconds.
CREATE TABLE deck_reading (
  share_id TEXT NOT NULL REFERENCES deck_share (id),
  reader   TEXT NOT NULL,
  section  BIGINT NOT NULL,
  ms       BIGINT NOT NULL,
  PRIMARY KEY (share_id, reader, section)
);
