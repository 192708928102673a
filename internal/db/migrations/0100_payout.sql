-- +goose Up

-- Tax on the way out, by the day from which a rule counts. base = gross × base_num ÷ base_den;
-- without a tax number the tax is × bare_num ÷ bare_den. layers: up to (0 = no end), basis points.
CREATE TABLE payout_tax_rule (
  id        TEXT PRIMARY KEY,
  kind      TEXT NOT NULL,
  from_on   TEXT NOT NULL,
  to_on     TEXT NOT NULL,
  base_num  BIGINT NOT NULL,
  base_den  BIGINT NOT NULL,
  bare_num  BIGINT NOT NULL,
  bare_den  BIGINT NOT NULL,
  monthly   BOOLEAN NOT NULL,
  currency  TEXT NOT NULL,
  rounding  TEXT NOT NULL,
  source    TEXT NOT NULL,
  layers    TEXT NOT NULL
);
INSERT INTO payout_tax_rule (id, kind, from_on, to_on, base_num, base_den, bare_num, bare_den, monthly, currency, rounding, source, layers) VALUES
  ('pph21-2024', 'pph21', '2024-01-01', '2025-05-21', 1, 2, 120, 100, TRUE, 'IDR', 'down', 'PMK 168/2023 art. 12',
   '[{"UpTo":60000000,"RateBp":500},{"UpTo":250000000,"RateBp":1500},{"UpTo":500000000,"RateBp":2500},{"UpTo":5000000000,"RateBp":3000},{"UpTo":0,"RateBp":3500}]'),
  ('pph21-2025-05', 'pph21', '2025-05-22', '', 1, 2, 120, 100, TRUE, 'IDR', 'half-up', 'PMK 168/2023 art. 12; PER-11/PJ/2025 art. 129',
   '[{"UpTo":60000000,"RateBp":500},{"UpTo":250000000,"RateBp":1500},{"UpTo":500000000,"RateBp":2500},{"UpTo":5000000000,"RateBp":3000},{"UpTo":0,"RateBp":3500}]'),
  ('pph23-2015', 'pph23', '2015-08-25', '2025-05-21', 1, 1, 2, 1, FALSE, '', 'down', 'PMK 141/2015', '[{"UpTo":0,"RateBp":200}]'),
  ('pph23-2025-05', 'pph23', '2025-05-22', '', 1, 1, 2, 1, FALSE, '', 'half-up', 'PMK 141/2015; PER-11/PJ/2025 art. 129', '[{"UpTo":0,"RateBp":200}]'),
  ('pph26-2009', 'pph26', '2009-01-01', '2025-05-21', 1, 1, 1, 1, FALSE, '', 'down', 'UU PPh art. 26', '[{"UpTo":0,"RateBp":2000}]'),
  ('pph26-2025-05', 'pph26', '2025-05-22', '', 1, 1, 1, 1, FALSE, '', 'half-up', 'UU PPh art. 26; PER-11/PJ/2025 art. 129', '[{"UpTo":0,"RateBp":2000}]');

-- Ways money travels: the limit of one transfer, the cut-off minute in the receiving
-- zone, the business days of the receiving country until it arrives.
CREATE TABLE payout_rail (
  id          TEXT PRIMARY KEY,
  name        TEXT NOT NULL,
  method      TEXT NOT NULL,
  currency    TEXT NOT NULL,
  country     TEXT NOT NULL,
  from_on     TEXT NOT NULL,
  to_on       TEXT NOT NULL,
  limit_minor BIGINT NOT NULL,
  cutoff      BIGINT NOT NULL,
  zone        TEXT NOT NULL,
  days        BIGINT NOT NULL,
  source      TEXT NOT NULL
);
INSERT INTO payout_rail (id, name, method, currency, country, from_on, to_on, limit_minor, cutoff, zone, days, source) VALUES
  ('bank-id', 'BI-FAST', 'bank', 'IDR', 'ID', '2021-12-21', '', 250000000, 1320, 'Asia/Jakarta', 0, 'Bank Indonesia, BI-FAST'),
  ('wallet-id', 'E-wallet Indonesia', 'ewallet', 'IDR', 'ID', '2021-12-21', '', 20000000, 1320, 'Asia/Jakarta', 0, 'PBI 23/6/PBI/2021'),
  ('bank-ph', 'InstaPay', 'bank', 'PHP', 'PH', '2020-01-01', '', 5000000, 840, 'Asia/Manila', 0, 'BSP, InstaPay'),
  ('wallet-ph', 'GCash, Maya', 'ewallet', 'PHP', 'PH', '2020-01-01', '', 5000000, 840, 'Asia/Manila', 1, 'BSP, InstaPay'),
  ('abroad-ph', 'Flip', 'abroad', 'PHP', 'PH', '2020-01-01', '', 5000000, 840, 'Asia/Manila', 1, 'Flip for Business'),
  ('abroad-sg', 'SGD', 'abroad', 'SGD', 'SG', '2020-01-01', '', 0, 840, 'Asia/Singapore', 1, ''),
  ('abroad-my', 'MYR', 'abroad', 'MYR', 'MY', '2020-01-01', '', 0, 840, 'Asia/Kuala_Lumpur', 1, ''),
  ('abroad-us', 'USD', 'abroad', 'USD', 'US', '2020-01-01', '', 0, 840, 'America/New_York', 3, '');

CREATE TABLE payout (
  id            TEXT PRIMARY KEY,
  booking_id    TEXT NOT NULL REFERENCES booking (id),
  cause_id      TEXT NOT NULL,
  talent_id     TEXT NOT NULL REFERENCES talent (id),
  campaign_id   TEXT NOT NULL REFERENCES campaign (id),
  number        BIGINT NOT NULL,
  count         BIGINT NOT NULL,
  milestone     TEXT NOT NULL,
  share_bp      BIGINT NOT NULL,
  fee_minor     BIGINT NOT NULL,
  currency      TEXT NOT NULL,
  gross_up      BOOLEAN NOT NULL,
  days          BIGINT NOT NULL,
  earned_at     BIGINT,
  earned_how    TEXT NOT NULL,
  reason        TEXT NOT NULL,
  due_on        TEXT NOT NULL,
  asked_at      BIGINT,
  cancelled_at  BIGINT,
  tax_kind      TEXT NOT NULL,
  tax_rule      TEXT NOT NULL,
  tax_id        BOOLEAN NOT NULL,
  tax_month     TEXT NOT NULL,
  tax_earlier   BIGINT NOT NULL,
  tax_gross     BIGINT NOT NULL,
  tax_base      BIGINT NOT NULL,
  tax_minor     BIGINT NOT NULL,
  net_minor     BIGINT NOT NULL,
  tax_proof     TEXT NOT NULL,
  made_at       BIGINT NOT NULL,
  version       BIGINT NOT NULL,
  UNIQUE (booking_id, cause_id, number)
);
CREATE INDEX payout_by_campaign ON payout (campaign_id, id);
CREATE INDEX payout_by_talent ON payout (talent_id, id);
CREATE INDEX payout_by_due ON payout (due_on, id);
CREATE INDEX payout_by_tax_month ON payout (tax_month, talent_id);

CREATE TABLE payout_hold (
  id        TEXT PRIMARY KEY,
  payout_id TEXT NOT NULL REFERENCES payout (id),
  reason    TEXT NOT NULL,
  until_on  TEXT NOT NULL,
  note      TEXT NOT NULL,
  made_by   TEXT NOT NULL,
  made_name TEXT NOT NULL,
  at        BIGINT NOT NULL,
  lifted_at BIGINT
);
CREATE INDEX payout_hold_by_payout ON payout_hold (payout_id, at);

CREATE TABLE payout_batch (
  id        TEXT PRIMARY KEY,
  number    TEXT NOT NULL UNIQUE,
  made_at   BIGINT NOT NULL,
  made_by   TEXT NOT NULL,
  made_name TEXT NOT NULL,
  note      TEXT NOT NULL
);

-- One try to send a payout; at most one is open.
CREATE TABLE payout_attempt (
  id            TEXT PRIMARY KEY,
  payout_id     TEXT NOT NULL REFERENCES payout (id),
  batch_id      TEXT NOT NULL REFERENCES payout_batch (id),
  number        BIGINT NOT NULL,
  send_key      TEXT NOT NULL UNIQUE,
  amount_minor  BIGINT NOT NULL,
  currency      TEXT NOT NULL,
  method        TEXT NOT NULL,
  bank          TEXT NOT NULL,
  bank_country  TEXT NOT NULL,
  account_end   TEXT NOT NULL,
  account_name  TEXT NOT NULL,
  route_version BIGINT NOT NULL,
  rail_id       TEXT NOT NULL,
  snapshot      TEXT NOT NULL,
  name_reason   TEXT NOT NULL,
  prepared_at   BIGINT NOT NULL,
  prepared_by   TEXT NOT NULL,
  prepared_name TEXT NOT NULL,
  released_at   BIGINT,
  released_by   TEXT NOT NULL,
  released_name TEXT NOT NULL,
  cancelled_at  BIGINT,
  cancel_reason TEXT NOT NULL,
  open          BOOLEAN NOT NULL,
  version       BIGINT NOT NULL,
  UNIQUE (payout_id, number)
);
CREATE UNIQUE INDEX payout_attempt_live ON payout_attempt (payout_id) WHERE open;
CREATE INDEX payout_attempt_by_batch ON payout_attempt (batch_id, id);

CREATE TABLE payout_transfer (
  attempt_id     TEXT NOT NULL REFERENCES payout_attempt (id),
  number         BIGINT NOT NULL,
  amount_minor   BIGINT NOT NULL,
  sent_at        BIGINT,
  sent_by        TEXT NOT NULL,
  reference      TEXT NOT NULL,
  debit_minor    BIGINT NOT NULL,
  debit_currency TEXT NOT NULL,
  fee_minor      BIGINT NOT NULL,
  rate           TEXT NOT NULL,
  rate_source    TEXT NOT NULL,
  account        TEXT NOT NULL,
  expected_on    TEXT NOT NULL,
  unclear_at     BIGINT,
  proof_sha      TEXT NOT NULL,
  proof_name     TEXT NOT NULL,
  missing_at     BIGINT,
  arrived_at     BIGINT,
  arrived_by     TEXT NOT NULL,
  returned_at    BIGINT,
  back_minor     BIGINT NOT NULL,
  return_for     TEXT NOT NULL,
  PRIMARY KEY (attempt_id, number)
);
CREATE UNIQUE INDEX payout_transfer_reference ON payout_transfer (reference) WHERE reference <> '';
