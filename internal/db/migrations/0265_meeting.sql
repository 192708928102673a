-- +goose Up

-- Meetings with clients and among the agency's people (A16). The wall clock stands
-- beside the instant: it is what stays when a zone's rules change (R8).
CREATE TABLE meeting (
  id             TEXT PRIMARY KEY,
  kind           TEXT NOT NULL,
  title          TEXT NOT NULL,
  client_id      TEXT NOT NULL,
  campaign_id    TEXT NOT NULL,
  opportunity_id TEXT NOT NULL,
  starts_at      BIGINT NOT NULL,
  ends_at        BIGINT NOT NULL,
  zone           TEXT NOT NULL,
  starts_wall    TEXT NOT NULL,
  place          TEXT NOT NULL,
  link           TEXT NOT NULL,
  agenda         TEXT NOT NULL,
  owner_id       TEXT NOT NULL REFERENCES person (id),
  owner_name     TEXT NOT NULL,
  made_at        BIGINT NOT NULL,
  cancel_at      BIGINT,
  cancel_why     TEXT NOT NULL,
  sequence       BIGINT NOT NULL,
  version        BIGINT NOT NULL
);
CREATE INDEX meeting_by_start ON meeting (starts_at, id);
CREATE INDEX meeting_by_campaign ON meeting (campaign_id, starts_at);
CREATE INDEX meeting_by_client ON meeting (client_id, starts_at);

CREATE TABLE meeting_person (
  meeting_id TEXT NOT NULL REFERENCES meeting (id),
  position   BIGINT NOT NULL,
  who        TEXT NOT NULL,
  person_id  TEXT NOT NULL,
  name       TEXT NOT NULL,
  email      TEXT NOT NULL,
  zone       TEXT NOT NULL,
  PRIMARY KEY (meeting_id, position)
);
CREATE INDEX meeting_person_by_person ON meeting_person (person_id, meeting_id);

-- What somebody went through on the preparation sheet (A15).
CREATE TABLE meeting_prep (
  meeting_id TEXT NOT NULL REFERENCES meeting (id),
  item       TEXT NOT NULL,
  at         BIGINT NOT NULL,
  by_name    TEXT NOT NULL,
  PRIMARY KEY (meeting_id, item)
);

-- Minutes: one thing said, a line (A18). report_id seals what the client has.
CREATE TABLE minute_line (
  id           TEXT PRIMARY KEY,
  meeting_id   TEXT NOT NULL REFERENCES meeting (id),
  campaign_id  TEXT NOT NULL,
  position     BIGINT NOT NULL,
  kind         TEXT NOT NULL,
  internal     BOOLEAN NOT NULL,
  text         TEXT NOT NULL,
  effect       TEXT NOT NULL,
  point_id     TEXT NOT NULL,
  point_kind   TEXT NOT NULL,
  wording      TEXT NOT NULL,
  slot_id      TEXT NOT NULL,
  which        TEXT NOT NULL,
  on_day       TEXT NOT NULL,
  fee_minor    BIGINT NOT NULL,
  fee_currency TEXT NOT NULL,
  doer_who     TEXT NOT NULL,
  doer_id      TEXT NOT NULL,
  doer         TEXT NOT NULL,
  due_at       BIGINT,
  due_zone     TEXT NOT NULL,
  due_entered  TEXT NOT NULL,
  task_id      TEXT NOT NULL,
  replaces     TEXT NOT NULL,
  replaced_by  TEXT NOT NULL,
  report_id    TEXT NOT NULL,
  made_at      BIGINT NOT NULL,
  by_name      TEXT NOT NULL,
  version      BIGINT NOT NULL
);
CREATE INDEX minute_line_by_meeting ON minute_line (meeting_id, position);
CREATE INDEX minute_line_by_report ON minute_line (report_id, position);

-- Contact reports: the client part, sent (R14).
CREATE TABLE contact_report (
  id          TEXT PRIMARY KEY,
  meeting_id  TEXT NOT NULL REFERENCES meeting (id),
  campaign_id TEXT NOT NULL,
  client_id   TEXT NOT NULL,
  number      BIGINT NOT NULL,
  sent_at     BIGINT NOT NULL,
  sent_by     TEXT NOT NULL,
  sent_by_id  TEXT NOT NULL,
  silence     BOOLEAN NOT NULL,
  withdraw_at BIGINT,
  settled_at  BIGINT,
  settled_via TEXT NOT NULL,
  proposal_id TEXT NOT NULL,
  brief       BIGINT NOT NULL,
  version     BIGINT NOT NULL,
  UNIQUE (meeting_id, number)
);
CREATE INDEX contact_report_by_campaign ON contact_report (campaign_id, sent_at);
CREATE INDEX contact_report_by_client ON contact_report (client_id, sent_at);

CREATE TABLE contact_report_receiver (
  report_id   TEXT NOT NULL REFERENCES contact_report (id),
  contact_id  TEXT NOT NULL,
  name        TEXT NOT NULL,
  lang        TEXT NOT NULL,
  zone        TEXT NOT NULL,
  sent_at     BIGINT,
  due_at      BIGINT,
  accepted_at BIGINT,
  PRIMARY KEY (report_id, contact_id)
);

CREATE TABLE contact_report_objection (
  id         TEXT PRIMARY KEY,
  report_id  TEXT NOT NULL REFERENCES contact_report (id),
  line_id    TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  name       TEXT NOT NULL,
  words      TEXT NOT NULL,
  at         BIGINT NOT NULL,
  late       BOOLEAN NOT NULL
);
CREATE INDEX contact_report_objection_by_report ON contact_report_objection (report_id, at);
