-- +goose Up

-- Tax on the way in, by the day from which a rule counts. base = price × base_num ÷ base_den.
CREATE TABLE sales_tax_rule (
  id             TEXT PRIMARY KEY,
  kind           TEXT NOT NULL,
  from_on        TEXT NOT NULL,
  to_on          TEXT NOT NULL,
  base_num       BIGINT NOT NULL,
  base_den       BIGINT NOT NULL,
  rate_bp        BIGINT NOT NULL,
  rate_no_tax_id BIGINT NOT NULL,
  rounding       TEXT NOT NULL,
  source         TEXT NOT NULL
);
INSERT INTO sales_tax_rule (id, kind, from_on, to_on, base_num, base_den, rate_bp, rate_no_tax_id, rounding, source) VALUES
  ('ppn-2022', 'ppn', '2022-04-01', '2024-12-31', 1, 1, 1100, 0, 'down', 'UU 7/2021 art. 7'),
  ('ppn-2025', 'ppn', '2025-01-01', '2025-05-21', 11, 12, 1200, 0, 'down', 'PMK 131/2024'),
  ('ppn-2025-05', 'ppn', '2025-05-22', '', 11, 12, 1200, 0, 'half-up', 'PMK 131/2024; PER-11/PJ/2025 art. 129'),
  ('pph23-2015', 'pph23', '2015-08-25', '2025-05-21', 1, 1, 200, 400, 'down', 'PMK 141/2015'),
  ('pph23-2025-05', 'pph23', '2025-05-22', '', 1, 1, 200, 400, 'half-up', 'PMK 141/2015; PER-11/PJ/2025 art. 129');

-- How the numbers of a series read. {n} serial, {roman} or {month}, {year}.
CREATE TABLE number_series (
  series  TEXT PRIMARY KEY,
  pattern TEXT NOT NULL,
  version BIGINT NOT NULL
);
INSERT INTO number_series (series, pattern, version) VALUES
  ('agreement', 'SPK/{n}/{roman}/{year}', 1),
  ('invoice', 'INV/{n}/{roman}/{year}', 1),
  ('receipt', 'KW/{n}/{roman}/{year}', 1),
  ('credit-note', 'NK/{n}/{roman}/{year}', 1);

-- The last number given in a series and year; the next is taken in the change that uses it.
CREATE TABLE number_taken (
  series TEXT NOT NULL REFERENCES number_series (series),
  year   BIGINT NOT NULL,
  last   BIGINT NOT NULL,
  PRIMARY KEY (series, year)
);

CREATE TABLE agreement (
  id              TEXT PRIMARY KEY,
  client_id       TEXT NOT NULL REFERENCES client (id),
  brand_id        TEXT NOT NULL REFERENCES brand (id),
  contact_id      TEXT NOT NULL REFERENCES contact (id),
  campaign_id     TEXT UNIQUE REFERENCES campaign (id),
  kind            TEXT NOT NULL,
  number          TEXT UNIQUE,
  client_ref      TEXT NOT NULL,
  title           TEXT NOT NULL,
  scope           TEXT NOT NULL,
  value_minor     BIGINT NOT NULL,
  value_currency  TEXT NOT NULL,
  tax_code        TEXT NOT NULL,
  withholds       BOOLEAN NOT NULL,
  payment_days    BIGINT NOT NULL,
  lang            TEXT NOT NULL,
  terms           TEXT NOT NULL,
  cancellation    TEXT NOT NULL,
  made_at         BIGINT NOT NULL,
  made_by         TEXT NOT NULL,
  offered_at      BIGINT,
  offered_until   TEXT NOT NULL,
  file_sha        TEXT NOT NULL,
  signed_at       BIGINT,
  signed_by       TEXT NOT NULL,
  signed_via      TEXT NOT NULL,
  signed_from     TEXT NOT NULL,
  signed_sha      TEXT NOT NULL,
  stamp_number    TEXT NOT NULL,
  withdrawn_at    BIGINT,
  withdraw_reason TEXT NOT NULL,
  version         BIGINT NOT NULL
);
CREATE INDEX agreement_by_client ON agreement (client_id, id);

CREATE TABLE invoice (
  id             TEXT PRIMARY KEY,
  client_id      TEXT NOT NULL REFERENCES client (id),
  campaign_id    TEXT REFERENCES campaign (id),
  agreement_id   TEXT REFERENCES agreement (id),
  number         TEXT UNIQUE,
  serial         BIGINT NOT NULL,
  year           BIGINT NOT NULL,
  currency       TEXT NOT NULL,
  lang           TEXT NOT NULL,
  tax_code       TEXT NOT NULL,
  withholds      BOOLEAN NOT NULL,
  po_required    BOOLEAN NOT NULL,
  po_number      TEXT NOT NULL,
  items          TEXT NOT NULL,
  price_minor    BIGINT NOT NULL,
  base_minor     BIGINT NOT NULL,
  ppn_minor      BIGINT NOT NULL,
  total_minor    BIGINT NOT NULL,
  withheld_minor BIGINT NOT NULL,
  due_minor      BIGINT NOT NULL,
  ppn_rule       TEXT NOT NULL,
  pph_rule       TEXT NOT NULL,
  buyer          TEXT NOT NULL,
  seller         TEXT NOT NULL,
  payment_days   BIGINT NOT NULL,
  made_at        BIGINT NOT NULL,
  issued_at      BIGINT,
  issued_on      TEXT NOT NULL,
  issued_by      TEXT NOT NULL,
  due_on         TEXT NOT NULL,
  paused_until   TEXT NOT NULL,
  pause_reason   TEXT NOT NULL,
  dropped_at     BIGINT,
  version        BIGINT NOT NULL
);
CREATE UNIQUE INDEX invoice_serial ON invoice (year, serial) WHERE issued_at IS NOT NULL;
CREATE INDEX invoice_by_client ON invoice (client_id, id);
CREATE INDEX invoice_by_campaign ON invoice (campaign_id, id);

CREATE TABLE instalment (
  id              TEXT PRIMARY KEY,
  agreement_id    TEXT NOT NULL REFERENCES agreement (id),
  number          BIGINT NOT NULL,
  label           TEXT NOT NULL,
  share_bp        BIGINT NOT NULL,
  amount_minor    BIGINT NOT NULL,
  amount_currency TEXT NOT NULL,
  trigger_fact    TEXT NOT NULL,
  due_on          TEXT NOT NULL,
  fired_at        BIGINT,
  invoice_id      TEXT UNIQUE REFERENCES invoice (id),
  version         BIGINT NOT NULL,
  UNIQUE (agreement_id, number)
);

CREATE TABLE receipt (
  id              TEXT PRIMARY KEY,
  number          TEXT NOT NULL UNIQUE,
  client_id       TEXT NOT NULL REFERENCES client (id),
  received_on     TEXT NOT NULL,
  amount_minor    BIGINT NOT NULL,
  amount_currency TEXT NOT NULL,
  value_minor     BIGINT NOT NULL,
  value_currency  TEXT NOT NULL,
  rate            TEXT NOT NULL,
  rate_source     TEXT NOT NULL,
  account         TEXT NOT NULL,
  reference       TEXT NOT NULL,
  payer           TEXT NOT NULL,
  made_at         BIGINT NOT NULL,
  made_by         TEXT NOT NULL,
  reversed_at     BIGINT,
  reversed_by     TEXT NOT NULL,
  reason          TEXT NOT NULL,
  version         BIGINT NOT NULL
);
CREATE INDEX receipt_by_client ON receipt (client_id, id);

CREATE TABLE receipt_match (
  id             TEXT PRIMARY KEY,
  receipt_id     TEXT NOT NULL REFERENCES receipt (id),
  invoice_id     TEXT NOT NULL REFERENCES invoice (id),
  currency       TEXT NOT NULL,
  cash_minor     BIGINT NOT NULL,
  charge_minor   BIGINT NOT NULL,
  withheld_minor BIGINT NOT NULL,
  slip_number    TEXT NOT NULL,
  slip_on        TEXT NOT NULL,
  made_at        BIGINT NOT NULL,
  reversed_at    BIGINT,
  version        BIGINT NOT NULL
);
CREATE INDEX receipt_match_by_receipt ON receipt_match (receipt_id);
CREATE INDEX receipt_match_by_invoice ON receipt_match (invoice_id);

CREATE TABLE credit_note (
  id              TEXT PRIMARY KEY,
  invoice_id      TEXT REFERENCES invoice (id),
  client_id       TEXT NOT NULL REFERENCES client (id),
  campaign_id     TEXT NOT NULL REFERENCES campaign (id),
  kind            TEXT NOT NULL,
  cause_id        TEXT NOT NULL,
  number          TEXT UNIQUE,
  serial          BIGINT NOT NULL,
  year            BIGINT NOT NULL,
  reason          TEXT NOT NULL,
  currency        TEXT NOT NULL,
  price_minor     BIGINT NOT NULL,
  base_minor      BIGINT NOT NULL,
  ppn_minor       BIGINT NOT NULL,
  total_minor     BIGINT NOT NULL,
  to_credit_minor BIGINT NOT NULL,
  to_open_minor   BIGINT NOT NULL,
  ppn_rule        TEXT NOT NULL,
  made_at         BIGINT NOT NULL,
  made_by         TEXT NOT NULL,
  made_name       TEXT NOT NULL,
  issued_at       BIGINT,
  issued_on       TEXT NOT NULL,
  approved_by     TEXT NOT NULL,
  refused_at      BIGINT,
  refused_for     TEXT NOT NULL,
  version         BIGINT NOT NULL
);
CREATE INDEX credit_note_by_invoice ON credit_note (invoice_id);
CREATE INDEX credit_note_by_campaign ON credit_note (campaign_id);

-- Reminders that a person sent.
CREATE TABLE invoice_reminder (
  id         TEXT PRIMARY KEY,
  invoice_id TEXT NOT NULL REFERENCES invoice (id),
  step       BIGINT NOT NULL,
  sent_at    BIGINT NOT NULL,
  sent_by    TEXT NOT NULL,
  via        TEXT NOT NULL,
  promise_on TEXT NOT NULL,
  note       TEXT NOT NULL
);
CREATE INDEX invoice_reminder_by_invoice ON invoice_reminder (invoice_id, sent_at);
