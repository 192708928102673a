-- +goose Up

-- Writers of all instances take turns on this row (PostgreSQL).
CREATE TABLE writer_turn (
  id BIGINT PRIMARY KEY,
  n  BIGINT NOT NULL
);
INSERT INTO writer_turn (id, n) VALUES (1, 0);

-- The trail: append-only, each entry chained to the one before by its hash.
CREATE TABLE audit (
  seq         BIGINT PRIMARY KEY,
  at          BIGINT NOT NULL,
  who_kind    TEXT NOT NULL,
  who_id      TEXT NOT NULL,
  who_name    TEXT NOT NULL,
  via         TEXT NOT NULL,
  verb        TEXT NOT NULL,
  subject     TEXT NOT NULL,
  subject_id  TEXT NOT NULL,
  campaign_id TEXT,
  client_id   TEXT,
  talent_id   TEXT,
  before_doc  TEXT NOT NULL,
  after_doc   TEXT NOT NULL,
  reason      TEXT NOT NULL,
  request_id  TEXT NOT NULL,
  prev_hash   TEXT NOT NULL,
  hash        TEXT NOT NULL
);
CREATE INDEX audit_by_subject ON audit (subject, subject_id, seq) WHERE campaign_id IS NULL;
CREATE INDEX audit_of_names ON audit (seq) WHERE subject IN ('client', 'brand', 'person', 'agency', 'country', 'holiday');
CREATE INDEX audit_by_campaign ON audit (campaign_id, seq);

-- Work to be done after a commit, at least once.
CREATE TABLE job (
  id          TEXT PRIMARY KEY,
  kind        TEXT NOT NULL,
  subscriber  TEXT NOT NULL,
  args        TEXT NOT NULL,
  unique_key  TEXT,
  due_at      BIGINT NOT NULL,
  made_at     BIGINT NOT NULL,
  tries       BIGINT NOT NULL,
  lease_until BIGINT,
  fence       BIGINT NOT NULL,
  done_at     BIGINT,
  parked_at   BIGINT,
  reason      TEXT NOT NULL
) /* small rows */;
CREATE UNIQUE INDEX job_unique ON job (unique_key) WHERE unique_key IS NOT NULL;
CREATE INDEX job_waiting ON job (due_at, id) WHERE done_at IS NULL AND parked_at IS NULL;

-- The keys of changes that were carried out.
CREATE TABLE idempotency (
  owner     TEXT NOT NULL,
  key       TEXT NOT NULL,
  body_hash TEXT NOT NULL,
  at        BIGINT NOT NULL,
  PRIMARY KEY (owner, key)
) /* small rows */;

-- What was answered to them, those of a moment together: an answer stands in one of
-- the first rows after its key's instant.
CREATE TABLE idempotency_answers (
  at   BIGINT PRIMARY KEY,
  said TEXT NOT NULL
);

CREATE TABLE setting (
  name    TEXT PRIMARY KEY,
  value   TEXT NOT NULL,
  version BIGINT NOT NULL
);

CREATE TABLE person (
  id           TEXT PRIMARY KEY,
  email        TEXT NOT NULL UNIQUE,
  name         TEXT NOT NULL,
  role         TEXT NOT NULL,
  lang         TEXT NOT NULL,
  zone         TEXT NOT NULL,
  theme        TEXT NOT NULL,
  password     TEXT NOT NULL,
  totp         TEXT NOT NULL,
  made_at      BIGINT NOT NULL,
  disabled_at  BIGINT,
  supervisor_id TEXT REFERENCES person (id),
  failed_tries BIGINT NOT NULL,
  locked_until BIGINT,
  version      BIGINT NOT NULL
);

-- Sign-ins, invitations and programs: what is kept is the hash of the secret.
CREATE TABLE session (
  hash       TEXT PRIMARY KEY,
  id         TEXT NOT NULL UNIQUE,
  person_id  TEXT NOT NULL REFERENCES person (id),
  made_at    BIGINT NOT NULL,
  seen_at    BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  agent      TEXT NOT NULL,
  address    TEXT NOT NULL
) /* small rows */;
CREATE INDEX session_by_person ON session (person_id);

CREATE TABLE invitation (
  hash       TEXT PRIMARY KEY,
  id         TEXT NOT NULL UNIQUE,
  email      TEXT NOT NULL,
  role       TEXT NOT NULL,
  name       TEXT NOT NULL,
  lang       TEXT NOT NULL,
  zone       TEXT NOT NULL,
  made_at    BIGINT NOT NULL,
  made_by    TEXT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at    BIGINT
);

CREATE TABLE api_token (
  hash       TEXT PRIMARY KEY,
  id         TEXT NOT NULL UNIQUE,
  person_id  TEXT NOT NULL REFERENCES person (id),
  name       TEXT NOT NULL,
  scopes     TEXT NOT NULL,
  made_at    BIGINT NOT NULL,
  expires_at BIGINT,
  revoked_at BIGINT
);

-- A room link opens one party's room in one campaign for one named person.
CREATE TABLE room_link (
  hash         TEXT PRIMARY KEY,
  id           TEXT NOT NULL UNIQUE,
  party        TEXT NOT NULL,
  campaign_id  TEXT NOT NULL,
  client_id    TEXT NOT NULL,
  contact_id   TEXT NOT NULL,
  talent_id    TEXT NOT NULL,
  name         TEXT NOT NULL,
  lang         TEXT NOT NULL,
  zone         TEXT NOT NULL,
  made_at      BIGINT NOT NULL,
  made_by      TEXT NOT NULL,
  expires_at   BIGINT NOT NULL,
  revoked_at   BIGINT,
  opened_at    BIGINT,
  acted_at     BIGINT
);
CREATE INDEX room_link_by_campaign ON room_link (campaign_id);

-- A step-up code is asked for before money, signature or personal data.
CREATE TABLE step_up (
  id         TEXT PRIMARY KEY,
  link_id    TEXT NOT NULL,
  purpose    TEXT NOT NULL,
  code_hash  TEXT NOT NULL,
  sent_to    TEXT NOT NULL,
  made_at    BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  tries      BIGINT NOT NULL,
  passed_at  BIGINT,
  used_at    BIGINT
);
CREATE INDEX step_up_by_link ON step_up (link_id, purpose);
