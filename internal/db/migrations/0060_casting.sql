-- +goose Up

-- A talent's account proposed for a slot: what it costs, what the client pays.
CREATE TABLE candidate (
  id             TEXT PRIMARY KEY,
  campaign_id    TEXT NOT NULL REFERENCES campaign (id),
  client_id      TEXT NOT NULL REFERENCES client (id),
  slot_id        TEXT NOT NULL REFERENCES slot (id),
  talent_id      TEXT NOT NULL REFERENCES talent (id),
  account_id     TEXT NOT NULL REFERENCES talent_account (id),
  cost_minor     BIGINT NOT NULL,
  cost_currency  TEXT NOT NULL,
  home_minor     BIGINT NOT NULL,
  home_currency  TEXT NOT NULL,
  rate           TEXT NOT NULL,
  rate_source    TEXT NOT NULL,
  price_minor    BIGINT NOT NULL,
  price_currency TEXT NOT NULL,
  why            TEXT NOT NULL,
  note           TEXT NOT NULL,
  rank           BIGINT NOT NULL,
  replaces_id    TEXT NOT NULL,
  added_by       TEXT NOT NULL,
  added_at       BIGINT NOT NULL,
  shown_at       BIGINT,
  removed_at     BIGINT,
  gone           TEXT NOT NULL,
  version        BIGINT NOT NULL
);
CREATE INDEX candidate_by_campaign ON candidate (campaign_id, slot_id, rank);
CREATE INDEX candidate_by_talent ON candidate (talent_id);
CREATE UNIQUE INDEX candidate_once ON candidate (slot_id, talent_id) WHERE removed_at IS NULL;

-- A campaign's picks as a whole.
CREATE TABLE pick_sheet (
  campaign_id   TEXT PRIMARY KEY REFERENCES campaign (id),
  client_id     TEXT NOT NULL REFERENCES client (id),
  decider_id    TEXT NOT NULL,
  deadline_at   BIGINT,
  deadline_zone TEXT NOT NULL,
  deadline_text TEXT NOT NULL,
  shared_at     BIGINT,
  sent_at       BIGINT,
  late          BOOLEAN NOT NULL,
  version       BIGINT NOT NULL
);

-- One contact's answer to one candidate: being made, and as sent last.
CREATE TABLE pick (
  candidate_id TEXT NOT NULL REFERENCES candidate (id),
  contact_id   TEXT NOT NULL REFERENCES contact (id),
  campaign_id  TEXT NOT NULL REFERENCES campaign (id),
  name         TEXT NOT NULL,
  answer       TEXT NOT NULL,
  reason       TEXT NOT NULL,
  place        BIGINT NOT NULL,
  at           BIGINT NOT NULL,
  sent         TEXT NOT NULL,
  sent_reason  TEXT NOT NULL,
  sent_place   BIGINT NOT NULL,
  sent_at      BIGINT,
  late         BOOLEAN NOT NULL,
  changes      BIGINT NOT NULL,
  version      BIGINT NOT NULL,
  PRIMARY KEY (candidate_id, contact_id)
);
CREATE INDEX pick_by_campaign ON pick (campaign_id, contact_id);

-- An offer holds its slot and its talent until it is closed.
CREATE TABLE offer (
  id             TEXT PRIMARY KEY,
  campaign_id    TEXT NOT NULL REFERENCES campaign (id),
  client_id      TEXT NOT NULL REFERENCES client (id),
  slot_id        TEXT NOT NULL REFERENCES slot (id),
  candidate_id   TEXT NOT NULL REFERENCES candidate (id),
  talent_id      TEXT NOT NULL REFERENCES talent (id),
  account_id     TEXT NOT NULL REFERENCES talent_account (id),
  fee_minor      BIGINT NOT NULL,
  fee_currency   TEXT NOT NULL,
  home_minor     BIGINT NOT NULL,
  home_currency  TEXT NOT NULL,
  price_minor    BIGINT NOT NULL,
  price_currency TEXT NOT NULL,
  asked_minor    BIGINT NOT NULL,
  asked_currency TEXT NOT NULL,
  pieces         TEXT NOT NULL,
  rights         TEXT NOT NULL,
  net            BOOLEAN NOT NULL DEFAULT FALSE,
  dates          TEXT NOT NULL,
  note           TEXT NOT NULL,
  talent_note    TEXT NOT NULL,
  reserve        BIGINT NOT NULL,
  sent_at        BIGINT NOT NULL,
  sent_by        TEXT NOT NULL,
  expires_at     BIGINT NOT NULL,
  countered_at   BIGINT,
  declined_at    BIGINT,
  ineligible     BOOLEAN NOT NULL,
  withdrawn_at   BIGINT,
  lapsed_at      BIGINT,
  committed_at   BIGINT,
  booking_id     TEXT NOT NULL,
  closed_at      BIGINT,
  version        BIGINT NOT NULL
);
CREATE INDEX offer_by_campaign ON offer (campaign_id, slot_id, sent_at);
CREATE INDEX offer_by_talent ON offer (talent_id, campaign_id);
CREATE UNIQUE INDEX offer_fills_slot ON offer (slot_id) WHERE closed_at IS NULL;
CREATE UNIQUE INDEX offer_holds_talent ON offer (campaign_id, talent_id) WHERE closed_at IS NULL;

-- The negotiation as it went: one line each time a side moved. Append-only.
CREATE TABLE offer_move (
  id             TEXT PRIMARY KEY,
  offer_id       TEXT NOT NULL REFERENCES offer (id),
  at             BIGINT NOT NULL,
  party          TEXT NOT NULL,
  name           TEXT NOT NULL,
  verb           TEXT NOT NULL,
  fee_minor      BIGINT NOT NULL,
  fee_currency   TEXT NOT NULL,
  home_minor     BIGINT NOT NULL,
  home_currency  TEXT NOT NULL,
  dates          TEXT NOT NULL,
  note           TEXT NOT NULL
);
CREATE INDEX offer_move_by_offer ON offer_move (offer_id, at, id);

CREATE TABLE booking (
  id             TEXT PRIMARY KEY,
  campaign_id    TEXT NOT NULL REFERENCES campaign (id),
  client_id      TEXT NOT NULL REFERENCES client (id),
  slot_id        TEXT NOT NULL REFERENCES slot (id),
  offer_id       TEXT NOT NULL REFERENCES offer (id),
  candidate_id   TEXT NOT NULL REFERENCES candidate (id),
  talent_id      TEXT NOT NULL REFERENCES talent (id),
  account_id     TEXT NOT NULL REFERENCES talent_account (id),
  fee_minor      BIGINT NOT NULL,
  fee_currency   TEXT NOT NULL,
  home_minor     BIGINT NOT NULL,
  home_currency  TEXT NOT NULL,
  price_minor    BIGINT NOT NULL,
  price_currency TEXT NOT NULL,
  pieces         TEXT NOT NULL,
  rights         TEXT NOT NULL,
  net            BOOLEAN NOT NULL DEFAULT FALSE,
  draft_due_at   BIGINT NOT NULL,
  draft_due_zone TEXT NOT NULL,
  draft_due_text TEXT NOT NULL,
  turn_due_at    BIGINT,
  turn_due_zone  TEXT NOT NULL,
  turn_due_text  TEXT NOT NULL,
  post_due_at    BIGINT NOT NULL,
  post_due_zone  TEXT NOT NULL,
  post_due_text  TEXT NOT NULL,
  post_on        TEXT NOT NULL,
  reserve        BIGINT NOT NULL,
  committed_at   BIGINT NOT NULL,
  extended_at    BIGINT,
  draft_at       BIGINT,
  delivered_at   BIGINT,
  dropped_at     BIGINT,
  drop_kind      TEXT NOT NULL,
  drop_reason    TEXT NOT NULL,
  version        BIGINT NOT NULL
);
CREATE INDEX booking_by_campaign ON booking (campaign_id, committed_at);
CREATE INDEX booking_by_talent ON booking (talent_id, post_on);
CREATE UNIQUE INDEX booking_fills_slot ON booking (slot_id) WHERE dropped_at IS NULL;

CREATE TABLE check_in (
  id          TEXT PRIMARY KEY,
  booking_id  TEXT NOT NULL REFERENCES booking (id),
  before_min  BIGINT NOT NULL,
  asked_at    BIGINT NOT NULL,
  answer      TEXT NOT NULL,
  answered_at BIGINT,
  note        TEXT NOT NULL,
  version     BIGINT NOT NULL,
  UNIQUE (booking_id, before_min, asked_at)
);
