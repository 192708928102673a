-- +goose Up

-- Accounts at payment providers, from which transfers are paid. Secrets are sealed.
CREATE TABLE payout_provider (
  id               TEXT PRIMARY KEY,
  kind             TEXT NOT NULL,
  currency         TEXT NOT NULL,
  mode             TEXT NOT NULL,
  secret_sealed    TEXT NOT NULL,
  secret_end       TEXT NOT NULL,
  token_sealed     TEXT NOT NULL,
  active           BOOLEAN NOT NULL,
  changed_at       BIGINT NOT NULL,
  changed_name     TEXT NOT NULL,
  tested_at        BIGINT,
  test_code        TEXT NOT NULL,
  balance_minor    BIGINT NOT NULL,
  balance_currency TEXT NOT NULL,
  heard_at         BIGINT,
  failed_at        BIGINT,
  version          BIGINT NOT NULL
);

-- One transfer that a provider is told to make. The key is kept before the first call.
CREATE TABLE payout_order (
  id              TEXT PRIMARY KEY,
  attempt_id      TEXT NOT NULL REFERENCES payout_attempt (id),
  part            BIGINT NOT NULL,
  send_key        TEXT NOT NULL UNIQUE,
  account         TEXT NOT NULL,
  amount_minor    BIGINT NOT NULL,
  amount_currency TEXT NOT NULL,
  account_end     TEXT NOT NULL,
  state           TEXT NOT NULL,
  ref             TEXT NOT NULL,
  sends           BIGINT NOT NULL,
  asks            BIGINT NOT NULL,
  doubt           BOOLEAN NOT NULL,
  missing         BOOLEAN NOT NULL,
  frozen          BOOLEAN NOT NULL,
  fence           BIGINT NOT NULL,
  lease_until     BIGINT,
  made_at         BIGINT NOT NULL,
  first_sent_at   BIGINT,
  done_at         BIGINT,
  next_at         BIGINT,
  reason          TEXT NOT NULL,
  version         BIGINT NOT NULL,
  UNIQUE (attempt_id, part)
);
CREATE UNIQUE INDEX payout_order_ref ON payout_order (account, ref) WHERE ref <> '';
CREATE INDEX payout_order_next ON payout_order (next_at) WHERE next_at IS NOT NULL;

-- What providers called about, once each. It is a hint: the provider is asked again.
CREATE TABLE payout_inbox (
  account         TEXT NOT NULL,
  event_id        TEXT NOT NULL,
  at              BIGINT NOT NULL,
  ref             TEXT NOT NULL,
  send_key        TEXT NOT NULL,
  verdict         TEXT NOT NULL,
  amount_minor    BIGINT NOT NULL,
  amount_currency TEXT NOT NULL,
  account_end     TEXT NOT NULL,
  order_id        TEXT NOT NULL,
  PRIMARY KEY (account, event_id)
);
