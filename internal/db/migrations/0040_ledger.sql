-- +goose Up

-- Balanced entries, append-only (R17). One step of one cause makes one entry.
CREATE TABLE ledger_entry (
  id          TEXT PRIMARY KEY,
  at          BIGINT NOT NULL,
  cause_kind  TEXT NOT NULL,
  cause_id    TEXT NOT NULL,
  cause_step  TEXT NOT NULL,
  cause_at    BIGINT NOT NULL,
  campaign_id TEXT NOT NULL,
  client_id   TEXT NOT NULL,
  talent_id   TEXT NOT NULL,
  reverses    TEXT UNIQUE REFERENCES ledger_entry (id),
  note        TEXT NOT NULL,
  UNIQUE (cause_kind, cause_id, cause_step)
);
CREATE INDEX ledger_entry_by_campaign ON ledger_entry (campaign_id, id);
CREATE INDEX ledger_entry_by_client ON ledger_entry (client_id, id);
CREATE INDEX ledger_entry_by_talent ON ledger_entry (talent_id, id);

-- Debit positive, credit negative; each currency of an entry sums to zero.
CREATE TABLE ledger_line (
  entry_id        TEXT NOT NULL REFERENCES ledger_entry (id),
  position        BIGINT NOT NULL,
  account         TEXT NOT NULL,
  account_kind    TEXT NOT NULL,
  doc_id          TEXT NOT NULL,
  amount_minor    BIGINT NOT NULL,
  amount_currency TEXT NOT NULL,
  PRIMARY KEY (entry_id, position)
);
CREATE INDEX ledger_line_by_doc ON ledger_line (doc_id, account_kind);
CREATE INDEX ledger_line_by_account ON ledger_line (account_kind, account);
