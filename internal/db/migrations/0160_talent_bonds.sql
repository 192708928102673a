-- +goose Up

-- A contract by which a talent is bound: to the agency, to another agency, or to a
-- brand that wants no rival beside it (A36, B9). An empty list of territories or
-- categories means all of them.
CREATE TABLE talent_contract (
  id          TEXT PRIMARY KEY,
  talent_id   TEXT NOT NULL REFERENCES talent (id),
  holder      TEXT NOT NULL,
  holder_name TEXT NOT NULL,
  client_id   TEXT NOT NULL,
  booking_id  TEXT NOT NULL,
  territory   TEXT NOT NULL,
  categories  TEXT NOT NULL,
  from_on     TEXT NOT NULL,
  to_on       TEXT NOT NULL,
  notice_on   TEXT NOT NULL,
  share_bp    BIGINT NOT NULL,
  note        TEXT NOT NULL,
  made_at     BIGINT NOT NULL,
  version     BIGINT NOT NULL
);
CREATE INDEX talent_contract_by_talent ON talent_contract (talent_id, from_on);
CREATE INDEX talent_contract_by_end ON talent_contract (to_on);

-- What a client may do with a talent's content: where, until when, paid or not, and
-- the code by which it may be advertised from the talent's account, sealed (B9).
-- An empty to_on is a right without end.
CREATE TABLE talent_right (
  id             TEXT PRIMARY KEY,
  talent_id      TEXT NOT NULL REFERENCES talent (id),
  client_id      TEXT NOT NULL,
  campaign_id    TEXT NOT NULL,
  booking_id     TEXT NOT NULL,
  deliverable_id TEXT NOT NULL,
  holder_name    TEXT NOT NULL,
  title          TEXT NOT NULL,
  category       TEXT NOT NULL,
  channels       TEXT NOT NULL,
  territory      TEXT NOT NULL,
  from_on        TEXT NOT NULL,
  to_on          TEXT NOT NULL,
  paid           BOOLEAN NOT NULL,
  code_kind      TEXT NOT NULL,
  code_sealed    TEXT NOT NULL,
  code_end       TEXT NOT NULL,
  code_until     TEXT NOT NULL,
  note           TEXT NOT NULL,
  made_at        BIGINT NOT NULL,
  version        BIGINT NOT NULL
);
CREATE INDEX talent_right_by_talent ON talent_right (talent_id, from_on);
CREATE INDEX talent_right_by_end ON talent_right (to_on);
CREATE UNIQUE INDEX talent_right_once ON talent_right (booking_id, deliverable_id) WHERE booking_id <> '';

-- A talent seen in the work of a brand that is somebody's rival (A12).
CREATE TABLE talent_rival (
  id        TEXT PRIMARY KEY,
  talent_id TEXT NOT NULL REFERENCES talent (id),
  brand     TEXT NOT NULL,
  brand_key TEXT NOT NULL,
  category  TEXT NOT NULL,
  seen_on   TEXT NOT NULL,
  link      TEXT NOT NULL,
  note      TEXT NOT NULL,
  made_at   BIGINT NOT NULL,
  version   BIGINT NOT NULL
);
CREATE INDEX talent_rival_by_talent ON talent_rival (talent_id, seen_on);
CREATE UNIQUE INDEX talent_rival_once ON talent_rival (talent_id, link) WHERE link <> '';
