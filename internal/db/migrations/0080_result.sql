-- +goose Up

-- The published content of one deliverable. A withdrawn post frees its key and its
-- deliverable; everything else about it stays for the record.
CREATE TABLE post (
  id             TEXT PRIMARY KEY,
  deliverable_id TEXT NOT NULL REFERENCES deliverable (id),
  booking_id     TEXT NOT NULL,
  campaign_id    TEXT NOT NULL,
  client_id      TEXT NOT NULL,
  talent_id      TEXT NOT NULL,
  account_id     TEXT NOT NULL,
  platform       TEXT NOT NULL,
  format         TEXT NOT NULL,
  kind           TEXT NOT NULL,
  platform_id    TEXT NOT NULL,
  handle         TEXT NOT NULL,
  url            TEXT NOT NULL,
  entered        TEXT NOT NULL,
  draft_id       TEXT NOT NULL,
  posted_at      BIGINT NOT NULL,
  due_at         BIGINT,
  due_zone       TEXT NOT NULL,
  due_text       TEXT NOT NULL,
  flags          TEXT NOT NULL,
  online_until   TEXT NOT NULL,
  entered_at     BIGINT NOT NULL,
  entered_by     TEXT NOT NULL,
  entered_via    TEXT NOT NULL,
  allowed_by     TEXT NOT NULL,
  allowed_why    TEXT NOT NULL,
  allowed_at     BIGINT,
  gone_at        BIGINT,
  withdrawn_at   BIGINT,
  withdrawn_why  TEXT NOT NULL,
  version        BIGINT NOT NULL
);
CREATE UNIQUE INDEX post_by_key ON post (platform, platform_id) WHERE withdrawn_at IS NULL;
CREATE UNIQUE INDEX post_by_deliverable ON post (deliverable_id) WHERE withdrawn_at IS NULL;
CREATE INDEX post_by_campaign ON post (campaign_id, posted_at);
CREATE INDEX post_by_talent ON post (talent_id, campaign_id);

-- One look at a live post.
CREATE TABLE post_check (
  id      TEXT PRIMARY KEY,
  post_id TEXT NOT NULL REFERENCES post (id),
  item    TEXT NOT NULL,
  ok      BOOLEAN NOT NULL,
  note    TEXT NOT NULL,
  by_name TEXT NOT NULL,
  at      BIGINT NOT NULL
);
CREATE INDEX post_check_by_post ON post_check (post_id, at);

-- A dated snapshot of a post's counts; NULL is unknown, never zero.
CREATE TABLE insight (
  id             TEXT PRIMARY KEY,
  post_id        TEXT NOT NULL REFERENCES post (id),
  deliverable_id TEXT NOT NULL,
  booking_id     TEXT NOT NULL,
  campaign_id    TEXT NOT NULL,
  talent_id      TEXT NOT NULL,
  age            TEXT NOT NULL,
  taken_at       BIGINT NOT NULL,
  reach          BIGINT,
  views          BIGINT,
  impressions    BIGINT,
  likes          BIGINT,
  comments       BIGINT,
  saves          BIGINT,
  shares         BIGINT,
  replies        BIGINT,
  taps           BIGINT,
  clicks         BIGINT,
  followers      BIGINT,
  frames         TEXT NOT NULL,
  source         TEXT NOT NULL,
  warnings       TEXT NOT NULL,
  reason         TEXT NOT NULL,
  typed_at       BIGINT NOT NULL,
  typed_by_id    TEXT NOT NULL,
  typed_by       TEXT NOT NULL,
  verified_at    BIGINT,
  verified_by    TEXT NOT NULL,
  contested_at   BIGINT,
  contested_by   TEXT NOT NULL,
  contested_why  TEXT NOT NULL,
  locked_at      BIGINT,
  corrects       TEXT NOT NULL,
  replaced_at    BIGINT,
  version        BIGINT NOT NULL
);
CREATE INDEX insight_by_campaign ON insight (campaign_id, post_id, taken_at);
CREATE INDEX insight_by_post ON insight (post_id, taken_at);

-- Screenshots. One file proves one post.
CREATE TABLE insight_evidence (
  insight_id TEXT NOT NULL REFERENCES insight (id),
  position   BIGINT NOT NULL,
  post_id    TEXT NOT NULL,
  talent_id  TEXT NOT NULL,
  sha256     TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size       BIGINT NOT NULL,
  file_name  TEXT NOT NULL,
  PRIMARY KEY (insight_id, position)
);
CREATE INDEX insight_evidence_by_sha256 ON insight_evidence (sha256);

-- What the insights said about a promise; a correction makes a new version.
CREATE TABLE verdict (
  id          TEXT PRIMARY KEY,
  campaign_id TEXT NOT NULL,
  booking_id  TEXT NOT NULL,
  number      BIGINT NOT NULL,
  state       TEXT NOT NULL,
  formula     TEXT NOT NULL,
  actions     TEXT NOT NULL,
  target_bp   BIGINT NOT NULL,
  engagements BIGINT NOT NULL,
  base        BIGINT NOT NULL,
  posts       BIGINT NOT NULL,
  cause       TEXT NOT NULL,
  at          BIGINT NOT NULL,
  UNIQUE (campaign_id, booking_id, number)
);

-- What people decided about a promise: an agreed result, an agreed formula, a
-- contested cause and management's word on it.
CREATE TABLE guarantee_ruling (
  id          TEXT PRIMARY KEY,
  campaign_id TEXT NOT NULL,
  booking_id  TEXT NOT NULL,
  kind        TEXT NOT NULL,
  answer      TEXT NOT NULL,
  text        TEXT NOT NULL,
  client_name TEXT NOT NULL,
  by_id       TEXT NOT NULL,
  by_name     TEXT NOT NULL,
  at          BIGINT NOT NULL
);
CREATE INDEX guarantee_ruling_by_campaign ON guarantee_ruling (campaign_id, at);

CREATE TABLE remedy (
  id              TEXT PRIMARY KEY,
  campaign_id     TEXT NOT NULL,
  booking_id      TEXT NOT NULL,
  kind            TEXT NOT NULL,
  verdict_number  BIGINT NOT NULL,
  reason          TEXT NOT NULL,
  slot_id         TEXT NOT NULL,
  base_minor      BIGINT NOT NULL,
  base_currency   TEXT NOT NULL,
  share_bp        BIGINT NOT NULL,
  amount_minor    BIGINT NOT NULL,
  amount_currency TEXT NOT NULL,
  chosen_at       BIGINT NOT NULL,
  chosen_by_id    TEXT NOT NULL,
  chosen_by       TEXT NOT NULL,
  due_at          BIGINT NOT NULL,
  approved_at     BIGINT,
  approved_by     TEXT NOT NULL,
  refused_at      BIGINT,
  refused_by      TEXT NOT NULL,
  refused_why     TEXT NOT NULL,
  failed_at       BIGINT,
  version         BIGINT NOT NULL
);
CREATE INDEX remedy_by_campaign ON remedy (campaign_id, chosen_at);
CREATE UNIQUE INDEX remedy_standing ON remedy (campaign_id, booking_id) WHERE refused_at IS NULL AND failed_at IS NULL;
