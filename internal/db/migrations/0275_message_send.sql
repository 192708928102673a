-- +goose Up

-- How the program itself sends messages: by mail ("email") and by WhatsApp's Cloud API
-- ("whatsapp"). Secrets are sealed.
CREATE TABLE message_channel (
  id            TEXT PRIMARY KEY,
  settings      TEXT NOT NULL,
  secret_sealed TEXT NOT NULL,
  secret_end    TEXT NOT NULL,
  proof_sealed  TEXT NOT NULL,
  active        BOOLEAN NOT NULL,
  changed_at    BIGINT NOT NULL,
  changed_name  TEXT NOT NULL,
  tested_at     BIGINT,
  test_code     TEXT NOT NULL,
  heard_at      BIGINT,
  failed_at     BIGINT,
  fail_code     TEXT NOT NULL,
  paused_until  BIGINT,
  told_at       BIGINT,
  version       BIGINT NOT NULL
);

-- A conversation with one person at one address. Somebody on WhatsApp may have no phone
-- number, only the id that WhatsApp gives the agency (bsuid).
CREATE TABLE message_thread (
  id            TEXT PRIMARY KEY,
  channel       TEXT NOT NULL,
  phone         TEXT NOT NULL,
  bsuid         TEXT NOT NULL,
  email         TEXT NOT NULL,
  party         TEXT NOT NULL,
  person_id     TEXT NOT NULL,
  client_id     TEXT NOT NULL,
  name          TEXT NOT NULL,
  lang          TEXT NOT NULL,
  zone          TEXT NOT NULL,
  assigned_id   TEXT NOT NULL,
  assigned_name TEXT NOT NULL,
  snoozed_until BIGINT,
  waiting_since BIGINT,
  heard_at      BIGINT,
  last_at       BIGINT NOT NULL,
  stopped_at    BIGINT,
  stopped_how   TEXT NOT NULL,
  stop_token    TEXT NOT NULL UNIQUE,
  bad_code      TEXT NOT NULL,
  version       BIGINT NOT NULL
);
CREATE UNIQUE INDEX message_thread_phone ON message_thread (phone) WHERE phone <> '';
CREATE UNIQUE INDEX message_thread_bsuid ON message_thread (bsuid) WHERE bsuid <> '';
CREATE UNIQUE INDEX message_thread_email ON message_thread (email) WHERE email <> '';
CREATE INDEX message_thread_by_last ON message_thread (last_at);
CREATE INDEX message_thread_waiting ON message_thread (waiting_since) WHERE waiting_since IS NOT NULL;
CREATE INDEX message_thread_person ON message_thread (person_id);

-- Messages that the program sends, each once. The address is the one at the time. The
-- key of an attempt is kept before its call; a text with a secret in it is sealed
-- until it went.
CREATE TABLE message_outgoing (
  id           TEXT PRIMARY KEY,
  origin       TEXT NOT NULL UNIQUE,
  thread_id    TEXT NOT NULL REFERENCES message_thread (id),
  campaign_id  TEXT NOT NULL,
  person_id    TEXT NOT NULL,
  channel      TEXT NOT NULL,
  place        TEXT NOT NULL,
  kind         TEXT NOT NULL,
  lang         TEXT NOT NULL,
  zone         TEXT NOT NULL,
  subject      TEXT NOT NULL,
  text         TEXT NOT NULL,
  full_sealed  TEXT NOT NULL,
  vars         TEXT NOT NULL,
  template     TEXT NOT NULL,
  media        TEXT NOT NULL,
  urgent       BOOLEAN NOT NULL,
  offer        BOOLEAN NOT NULL,
  state        TEXT NOT NULL,
  due_at       BIGINT NOT NULL,
  tries        BIGINT NOT NULL,
  again        BIGINT NOT NULL,
  attempt_at   BIGINT,
  ref          TEXT,
  reason       TEXT NOT NULL,
  detail       TEXT NOT NULL,
  made_at      BIGINT NOT NULL,
  by_id        TEXT NOT NULL,
  by_name      TEXT NOT NULL,
  accepted_at  BIGINT,
  reached_at   BIGINT,
  read_at      BIGINT,
  ended_at     BIGINT,
  version      BIGINT NOT NULL
);
CREATE INDEX message_outgoing_thread ON message_outgoing (thread_id, made_at);
CREATE INDEX message_outgoing_state ON message_outgoing (state, due_at);
CREATE UNIQUE INDEX message_outgoing_ref ON message_outgoing (ref) WHERE ref IS NOT NULL;

-- What came in, and notes of the agency's own people, by conversation.
CREATE TABLE message_line (
  id         TEXT PRIMARY KEY,
  thread_id  TEXT NOT NULL REFERENCES message_thread (id),
  note       BOOLEAN NOT NULL,
  at         BIGINT NOT NULL,
  kept_at    BIGINT NOT NULL,
  text       TEXT NOT NULL,
  by_id      TEXT NOT NULL,
  by_name    TEXT NOT NULL,
  ref        TEXT,
  answers    TEXT NOT NULL,
  media      TEXT NOT NULL
);
CREATE INDEX message_line_thread ON message_line (thread_id, at);
CREATE UNIQUE INDEX message_line_ref ON message_line (ref) WHERE ref IS NOT NULL;

-- What WhatsApp called about, as it came, once each.
CREATE TABLE message_event (
  key     TEXT PRIMARY KEY,
  at      BIGINT NOT NULL,
  body    TEXT NOT NULL,
  done_at BIGINT
);

-- A status that came before the message's own answer did.
CREATE TABLE message_status (
  ref       TEXT NOT NULL,
  status    TEXT NOT NULL,
  out_id    TEXT NOT NULL,
  at        BIGINT NOT NULL,
  code      TEXT NOT NULL,
  detail    TEXT NOT NULL,
  PRIMARY KEY (ref, status)
);

-- The agency's own words for a kind of message in a language, in place of the ones that
-- the program knows, and the approved template on WhatsApp's side.
CREATE TABLE message_template (
  party        TEXT NOT NULL,
  kind         TEXT NOT NULL,
  lang         TEXT NOT NULL,
  subject      TEXT NOT NULL,
  text         TEXT NOT NULL,
  wa_name      TEXT NOT NULL,
  wa_vars      TEXT NOT NULL,
  wa_state     TEXT NOT NULL,
  wa_reason    TEXT NOT NULL,
  changed_at   BIGINT NOT NULL,
  changed_name TEXT NOT NULL,
  version      BIGINT NOT NULL,
  PRIMARY KEY (party, kind, lang)
);

-- Who holds the agency's phone from when, with what the next one has to know (A49).
CREATE TABLE message_shift (
  id        TEXT PRIMARY KEY,
  from_name TEXT NOT NULL,
  to_id     TEXT NOT NULL,
  to_name   TEXT NOT NULL,
  note      TEXT NOT NULL,
  waiting   BIGINT NOT NULL,
  at        BIGINT NOT NULL,
  seen_at   BIGINT
);
