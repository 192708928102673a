-- +goose Up

-- One piece of content owed under a booking. with_client_id and approved_id are
-- the two places at which decisions compare and set.
CREATE TABLE deliverable (
  id             TEXT PRIMARY KEY,
  booking_id     TEXT NOT NULL,
  campaign_id    TEXT NOT NULL,
  client_id      TEXT NOT NULL,
  talent_id      TEXT NOT NULL,
  number         BIGINT NOT NULL,
  platform       TEXT NOT NULL,
  format         TEXT NOT NULL,
  draft_due_at   BIGINT,
  draft_due_zone TEXT NOT NULL,
  draft_due_text TEXT NOT NULL,
  post_due_at    BIGINT,
  post_due_zone  TEXT NOT NULL,
  post_due_text  TEXT NOT NULL,
  round_limit    BIGINT NOT NULL CHECK (round_limit >= 0),
  window_hours   BIGINT NOT NULL,
  silence_counts BOOLEAN NOT NULL,
  with_client_id TEXT NOT NULL,
  approved_id    TEXT NOT NULL,
  made_at        BIGINT NOT NULL,
  closed_at      BIGINT,
  version        BIGINT NOT NULL,
  UNIQUE (booking_id, number)
);
CREATE INDEX deliverable_by_campaign ON deliverable (campaign_id, talent_id, number);
CREATE INDEX deliverable_by_talent ON deliverable (talent_id, campaign_id);

-- One upload. The content is never written again; only what happened to it is.
CREATE TABLE draft (
  id             TEXT PRIMARY KEY,
  deliverable_id TEXT NOT NULL REFERENCES deliverable (id),
  campaign_id    TEXT NOT NULL,
  major          BIGINT NOT NULL,
  minor          BIGINT NOT NULL,
  sha256         TEXT NOT NULL,
  size           BIGINT NOT NULL,
  media_type     TEXT NOT NULL,
  file_name      TEXT NOT NULL,
  link_url       TEXT NOT NULL,
  caption        TEXT NOT NULL,
  hashtags       TEXT NOT NULL,
  mentions       TEXT NOT NULL,
  music          TEXT NOT NULL,
  brief_version  BIGINT NOT NULL,
  agreed_brief   BIGINT NOT NULL,
  source         TEXT NOT NULL,
  uploaded_at    BIGINT NOT NULL,
  uploaded_by_id TEXT NOT NULL,
  uploaded_by    TEXT NOT NULL,
  checked_at     BIGINT,
  returned_at    BIGINT,
  shown_at       BIGINT,
  shown_by       TEXT NOT NULL,
  opened_at      BIGINT,
  replaced_at    BIGINT,
  review_due_at  BIGINT,
  UNIQUE (deliverable_id, major, minor)
);
CREATE INDEX draft_by_campaign ON draft (campaign_id, deliverable_id, major, minor);
CREATE INDEX draft_by_sha256 ON draft (sha256);

-- One turned key.
CREATE TABLE draft_check (
  id          TEXT PRIMARY KEY,
  draft_id    TEXT NOT NULL REFERENCES draft (id),
  campaign_id TEXT NOT NULL,
  key_name    TEXT NOT NULL,
  by_id       TEXT NOT NULL,
  by_name     TEXT NOT NULL,
  answers     TEXT NOT NULL,
  note        TEXT NOT NULL,
  passed      BOOLEAN NOT NULL,
  override    TEXT NOT NULL,
  at          BIGINT NOT NULL,
  UNIQUE (draft_id, key_name)
);

-- One list of items about one version, sent once.
CREATE TABLE review_round (
  id             TEXT PRIMARY KEY,
  deliverable_id TEXT NOT NULL REFERENCES deliverable (id),
  draft_id       TEXT NOT NULL REFERENCES draft (id),
  campaign_id    TEXT NOT NULL,
  origin         TEXT NOT NULL,
  number         BIGINT NOT NULL,
  small_fix      BOOLEAN NOT NULL,
  sent_at        BIGINT NOT NULL,
  sent_by_id     TEXT NOT NULL,
  sent_by        TEXT NOT NULL,
  via            TEXT NOT NULL,
  late           BOOLEAN NOT NULL,
  ruled_at       BIGINT,
  sent_on_at     BIGINT,
  sent_on_by_id  TEXT NOT NULL,
  sent_on_by     TEXT NOT NULL,
  passed         BIGINT NOT NULL,
  version        BIGINT NOT NULL,
  UNIQUE (campaign_id, deliverable_id, origin, number)
) /* small rows */;

-- One wish over the limit, with its price.
CREATE TABLE change_request (
  id             TEXT PRIMARY KEY,
  deliverable_id TEXT NOT NULL REFERENCES deliverable (id),
  round_id       TEXT NOT NULL REFERENCES review_round (id),
  campaign_id    TEXT NOT NULL,
  client_id      TEXT NOT NULL,
  talent_id      TEXT NOT NULL,
  made_at        BIGINT NOT NULL,
  price_minor    BIGINT NOT NULL,
  price_currency TEXT NOT NULL,
  fee_minor      BIGINT NOT NULL,
  fee_currency   TEXT NOT NULL,
  draft_due_at   BIGINT,
  draft_due_zone TEXT NOT NULL,
  draft_due_text TEXT NOT NULL,
  post_due_at    BIGINT,
  post_due_zone  TEXT NOT NULL,
  post_due_text  TEXT NOT NULL,
  note           TEXT NOT NULL,
  priced_at      BIGINT,
  priced_by      TEXT NOT NULL,
  answer_until   BIGINT,
  client_answer  TEXT NOT NULL,
  client_at      BIGINT,
  client_by_id   TEXT NOT NULL,
  client_by      TEXT NOT NULL,
  talent_answer  TEXT NOT NULL,
  talent_at      BIGINT,
  talent_reason  TEXT NOT NULL,
  effective_at   BIGINT,
  closed_at      BIGINT,
  closed_why     TEXT NOT NULL,
  version        BIGINT NOT NULL
);
CREATE INDEX change_request_by_campaign ON change_request (campaign_id, deliverable_id);
CREATE INDEX change_request_by_round ON change_request (round_id);

-- One thing somebody asks to be changed. round_id is NULL while only proposed.
CREATE TABLE review_item (
  id               TEXT PRIMARY KEY,
  deliverable_id   TEXT NOT NULL REFERENCES deliverable (id),
  draft_id         TEXT NOT NULL REFERENCES draft (id),
  campaign_id      TEXT NOT NULL,
  round_id         TEXT REFERENCES review_round (id),
  number           BIGINT NOT NULL,
  author_id        TEXT NOT NULL,
  author           TEXT NOT NULL,
  body             TEXT NOT NULL,
  for_talent       TEXT NOT NULL,
  at_ms            BIGINT NOT NULL,
  until_ms         BIGINT NOT NULL,
  drawing          TEXT NOT NULL,
  claimed_point_id TEXT NOT NULL,
  class            TEXT NOT NULL,
  point_id         TEXT NOT NULL,
  because          TEXT NOT NULL,
  ruled_by_id      TEXT NOT NULL,
  ruled_by         TEXT NOT NULL,
  ruled_at         BIGINT,
  goodwill_by      TEXT NOT NULL,
  goodwill_reason  TEXT NOT NULL,
  usual_minor      BIGINT NOT NULL,
  usual_currency   TEXT NOT NULL,
  change_id        TEXT REFERENCES change_request (id),
  sent_on_at       BIGINT,
  closed_at        BIGINT,
  outcome          TEXT NOT NULL,
  outcome_reason   TEXT NOT NULL,
  outcome_at       BIGINT,
  contested_at     BIGINT,
  contest_text     TEXT NOT NULL,
  decided_at       BIGINT,
  decision         TEXT NOT NULL,
  decided_by       TEXT NOT NULL,
  decided_for      TEXT NOT NULL,
  made_at          BIGINT NOT NULL,
  version          BIGINT NOT NULL
) /* small rows */;
CREATE INDEX review_item_by_deliverable ON review_item (campaign_id, deliverable_id, made_at);
CREATE INDEX review_item_by_round ON review_item (round_id, number);
CREATE INDEX review_item_wish_sent ON review_item (deliverable_id, round_id) WHERE class = 'W' AND sent_on_at IS NOT NULL AND change_id IS NULL;

-- What a talent said, and the agency found, about an item in a later version.
CREATE TABLE item_answer (
  id          TEXT PRIMARY KEY,
  item_id     TEXT NOT NULL REFERENCES review_item (id),
  draft_id    TEXT REFERENCES draft (id),
  by_kind     TEXT NOT NULL,
  by_id       TEXT NOT NULL,
  by_name     TEXT NOT NULL,
  outcome     TEXT NOT NULL,
  cause       TEXT NOT NULL,
  reason      TEXT NOT NULL,
  at          BIGINT NOT NULL
);
CREATE INDEX item_answer_by_item ON item_answer (item_id, at);

-- One frozen version: one person, one version, one time.
CREATE TABLE approval (
  campaign_id    TEXT NOT NULL,
  deliverable_id TEXT NOT NULL REFERENCES deliverable (id),
  draft_id       TEXT NOT NULL REFERENCES draft (id),
  by_id          TEXT NOT NULL,
  by_name        TEXT NOT NULL,
  via            TEXT NOT NULL,
  entered_by     TEXT NOT NULL,
  words          TEXT NOT NULL,
  at             BIGINT NOT NULL,
  late           BOOLEAN NOT NULL,
  sha256         TEXT NOT NULL,
  hash           TEXT NOT NULL,
  object_by      BIGINT,
  objected_at    BIGINT,
  objection      TEXT NOT NULL,
  PRIMARY KEY (campaign_id, deliverable_id)
) /* small rows */;

-- A file that is still arriving, in pieces.
CREATE TABLE upload (
  id             TEXT PRIMARY KEY,
  deliverable_id TEXT NOT NULL REFERENCES deliverable (id),
  talent_id      TEXT NOT NULL,
  by_kind        TEXT NOT NULL,
  by_id          TEXT NOT NULL,
  file_name      TEXT NOT NULL,
  media_type     TEXT NOT NULL,
  head_hash      TEXT NOT NULL,
  size           BIGINT NOT NULL,
  received       BIGINT NOT NULL,
  made_at        BIGINT NOT NULL,
  touched_at     BIGINT NOT NULL,
  sha256         TEXT NOT NULL,
  sum            BYTEA, -- state of the hash over what was received
  finished_at    BIGINT,
  used_at        BIGINT,
  lease_until    BIGINT,
  lease_by       TEXT NOT NULL
);
CREATE INDEX upload_by_deliverable ON upload (deliverable_id, made_at);
CREATE INDEX upload_waiting ON upload (touched_at) WHERE used_at IS NULL;
