-- +goose Up

-- The change sequence: one number for each change of any talent, account or rate.
-- The search index reads the rows above the number it has seen.
CREATE TABLE talent_sequence (
  id  BIGINT PRIMARY KEY CHECK (id = 1),
  seq BIGINT NOT NULL
);
INSERT INTO talent_sequence (id, seq) VALUES (1, 0);

-- A creator or a media account as a business partner. name_key is folded.
CREATE TABLE talent (
  id              TEXT PRIMARY KEY,
  name            TEXT NOT NULL,
  name_key        TEXT NOT NULL,
  kind            TEXT NOT NULL,
  country         TEXT NOT NULL,
  city            TEXT NOT NULL,
  zone            TEXT NOT NULL,
  lang            TEXT NOT NULL,
  languages       TEXT NOT NULL,
  currency        TEXT NOT NULL,
  tax_kind        TEXT NOT NULL,
  has_tax_id      BOOLEAN NOT NULL,
  status          TEXT NOT NULL,
  status_reason   TEXT NOT NULL,
  tags            TEXT NOT NULL,
  categories      TEXT NOT NULL,
  born_on         TEXT NOT NULL,
  guardian_name   TEXT NOT NULL,
  guardian_phone  TEXT NOT NULL,
  manager_name    TEXT NOT NULL,
  manager_phone   TEXT NOT NULL,
  phone           TEXT NOT NULL,
  email           TEXT NOT NULL,
  bio             TEXT NOT NULL,
  note            TEXT NOT NULL,
  made_at         BIGINT NOT NULL,
  changed_at      BIGINT NOT NULL,
  seq             BIGINT NOT NULL,
  version         BIGINT NOT NULL
);
CREATE INDEX talent_by_seq ON talent (seq, id);
CREATE INDEX talent_by_name ON talent (name_key, id);
CREATE INDEX talent_by_phone ON talent (phone) WHERE phone <> '';
CREATE INDEX talent_by_email ON talent (email) WHERE email <> '';

-- A talent on one platform. account_key is the folded handle, or the platform's
-- own id where no handle is known. A figure of -1 is unknown.
CREATE TABLE talent_account (
  id               TEXT PRIMARY KEY,
  talent_id        TEXT NOT NULL REFERENCES talent (id),
  platform         TEXT NOT NULL,
  handle           TEXT NOT NULL,
  account_key      TEXT NOT NULL,
  platform_id      TEXT NOT NULL,
  followers        BIGINT NOT NULL,
  followers_on     TEXT NOT NULL,
  er_bp            BIGINT NOT NULL,
  er_base          TEXT NOT NULL,
  er_on            TEXT NOT NULL,
  avg_views        BIGINT NOT NULL,
  avg_likes        BIGINT NOT NULL,
  avg_comments     BIGINT NOT NULL,
  avg_shares       BIGINT NOT NULL,
  avg_engagements  BIGINT NOT NULL,
  audience_country TEXT NOT NULL,
  source           TEXT NOT NULL,
  made_at          BIGINT NOT NULL,
  changed_at       BIGINT NOT NULL,
  version          BIGINT NOT NULL,
  UNIQUE (platform, account_key)
);
CREATE INDEX talent_account_by_talent ON talent_account (talent_id);
CREATE UNIQUE INDEX talent_account_by_platform_id ON talent_account (platform, platform_id) WHERE platform_id <> '';

-- One line of a rate card: what one piece costs the agency.
CREATE TABLE talent_rate (
  id              TEXT PRIMARY KEY,
  talent_id       TEXT NOT NULL REFERENCES talent (id),
  platform        TEXT NOT NULL,
  format          TEXT NOT NULL,
  amount_minor    BIGINT NOT NULL,
  amount_currency TEXT NOT NULL,
  valid_from      TEXT NOT NULL,
  valid_to        TEXT NOT NULL,
  source          TEXT NOT NULL,
  version         BIGINT NOT NULL,
  UNIQUE (talent_id, platform, format, valid_from)
);

-- How a talent is paid. The number is sealed under the talent's id.
CREATE TABLE talent_route (
  talent_id     TEXT PRIMARY KEY REFERENCES talent (id),
  method        TEXT NOT NULL,
  bank          TEXT NOT NULL,
  bank_country  TEXT NOT NULL,
  number_sealed TEXT NOT NULL,
  number_end    TEXT NOT NULL,
  account_name  TEXT NOT NULL,
  currency      TEXT NOT NULL,
  changed_at    BIGINT NOT NULL,
  changed_by    TEXT NOT NULL,
  confirmed_at  BIGINT,
  version       BIGINT NOT NULL
);

-- Tax and identity numbers, sealed under the talent's id.
CREATE TABLE talent_identity (
  talent_id       TEXT PRIMARY KEY REFERENCES talent (id),
  tax_sealed      TEXT NOT NULL,
  tax_end         TEXT NOT NULL,
  identity_sealed TEXT NOT NULL,
  identity_end    TEXT NOT NULL,
  changed_at      BIGINT NOT NULL,
  version         BIGINT NOT NULL
);

-- Days on which a talent cannot work.
CREATE TABLE talent_absence (
  id        TEXT PRIMARY KEY,
  talent_id TEXT NOT NULL REFERENCES talent (id),
  from_on   TEXT NOT NULL,
  to_on     TEXT NOT NULL,
  reason    TEXT NOT NULL,
  version   BIGINT NOT NULL
);
CREATE INDEX talent_absence_by_talent ON talent_absence (talent_id, from_on);

-- One kept or broken promise (R13).
CREATE TABLE talent_fact (
  id           TEXT NOT NULL,
  talent_id    TEXT NOT NULL REFERENCES talent (id),
  kind         TEXT NOT NULL,
  met          BOOLEAN NOT NULL,
  late_minutes BIGINT NOT NULL,
  subject      TEXT NOT NULL,
  subject_id   TEXT NOT NULL,
  campaign_id  TEXT NOT NULL,
  title        TEXT NOT NULL,
  at           BIGINT NOT NULL,
  due_at       BIGINT,
  excused      BOOLEAN NOT NULL,
  contested_at BIGINT,
  contest_text TEXT NOT NULL,
  settled_at   BIGINT,
  settled_by   TEXT NOT NULL,
  decision     TEXT NOT NULL,
  seq          BIGINT NOT NULL, -- of the change sequence, when it was kept
  version      BIGINT NOT NULL,
  PRIMARY KEY (talent_id, kind, subject, subject_id)
) /* small rows */;
CREATE INDEX talent_fact_by_seq ON talent_fact (seq);
CREATE INDEX talent_fact_contested ON talent_fact (contested_at) WHERE contested_at IS NOT NULL AND settled_at IS NULL;

-- One file being taken in: what it is, how its columns are read, which cells were
-- mended, how far it has come, and what came of it. begun_at is set once a person
-- has said to take it in; share is the part of the file that was settled, in
-- basis points.
CREATE TABLE talent_import (
  id         TEXT PRIMARY KEY,
  sha256     TEXT NOT NULL,
  name       TEXT NOT NULL,
  person_id  TEXT NOT NULL,
  options    TEXT NOT NULL,
  report     TEXT NOT NULL,
  row_count  BIGINT NOT NULL,
  share      BIGINT NOT NULL,
  fault      TEXT NOT NULL,
  made_at    BIGINT NOT NULL,
  begun_at   BIGINT,
  done_at    BIGINT,
  version    BIGINT NOT NULL
);

-- The rows of a file that a person should see: skipped, or taken in without some of
-- their cells. One line for each part of the file that was kept together.
CREATE TABLE talent_import_part (
  import_id TEXT NOT NULL REFERENCES talent_import (id),
  number    BIGINT NOT NULL,
  count     BIGINT NOT NULL,
  rows_doc  TEXT NOT NULL,
  PRIMARY KEY (import_id, number)
);

-- Rows that were taken in, by the hash of what they said, so that the same row
-- changes nothing a second time; with the import that brought each.
CREATE TABLE talent_import_row (
  hash      TEXT PRIMARY KEY,
  talent_id TEXT NOT NULL,
  import_id TEXT NOT NULL
);
CREATE INDEX talent_import_row_by_talent ON talent_import_row (talent_id);
