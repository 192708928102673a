-- +goose Up

-- What must hold of claims and disclosure in a country, for a product group or for all
-- ('' in product), with its source and the days between which it holds (B10).
CREATE TABLE claim_rule (
  id           TEXT PRIMARY KEY,
  country      TEXT NOT NULL,
  product      TEXT NOT NULL,
  position     BIGINT NOT NULL,
  text_id      TEXT NOT NULL,
  text_en      TEXT NOT NULL,
  source       TEXT NOT NULL,
  needs_number BOOLEAN NOT NULL,
  valid_from   TEXT NOT NULL,
  valid_to     TEXT NOT NULL
);

-- The product group of a campaign's brief, and the number it is registered under.
CREATE TABLE claim_sheet (
  campaign_id TEXT PRIMARY KEY REFERENCES campaign (id),
  product     TEXT NOT NULL,
  number      TEXT NOT NULL,
  attached_on TEXT NOT NULL,
  attached_by TEXT NOT NULL,
  version     BIGINT NOT NULL
);

-- A person found that one version of a draft keeps a rule. Append-only.
CREATE TABLE claim_tick (
  draft_id    TEXT NOT NULL,
  rule_id     TEXT NOT NULL REFERENCES claim_rule (id),
  campaign_id TEXT NOT NULL,
  at          BIGINT NOT NULL,
  by_id       TEXT NOT NULL,
  by_name     TEXT NOT NULL,
  PRIMARY KEY (draft_id, rule_id)
);

INSERT INTO claim_rule (id, country, product, position, text_id, text_en, source, needs_number, valid_from, valid_to) VALUES
  ('id-label', 'ID', '', 1, 'Keterangan iklan terlihat jelas (#iklan atau label kerja sama berbayar)', 'The advertising label is plain to see (#iklan or the paid partnership label)', 'Etika Pariwara Indonesia', FALSE, '', ''),
  ('id-best', 'ID', '', 2, 'Tidak memakai kata "paling", "nomor satu", atau "terbaik" tanpa bukti', 'No "most", "number one" or "best" without proof', 'Etika Pariwara Indonesia', FALSE, '', ''),
  ('id-cosm-objective', 'ID', 'cosmetics', 3, 'Klaim objektif dan lengkap, sesuai kegunaan kosmetik', 'Claims are objective and complete, and within what a cosmetic does', 'BPOM 32/2021', FALSE, '2021-01-01', ''),
  ('id-cosm-mislead', 'ID', 'cosmetics', 4, 'Tidak menyesatkan: hasil di video adalah hasil produk ini, tanpa filter yang mengubahnya', 'Not misleading: what the video shows is this product''s work, with no filter that changes it', 'BPOM 32/2021', FALSE, '2021-01-01', ''),
  ('id-cosm-medicine', 'ID', 'cosmetics', 5, 'Tidak diklaim seperti obat: tidak menyembuhkan, mengobati, atau mencegah penyakit', 'Not claimed as a medicine: it cures, treats and prevents no illness', 'BPOM 32/2021', FALSE, '2021-01-01', ''),
  ('id-cosm-number', 'ID', 'cosmetics', 6, 'Nomor notifikasi BPOM produk sudah diperiksa', 'The product''s BPOM notification number was checked', 'BPOM 32/2021', TRUE, '2021-01-01', ''),
  ('id-food-health', 'ID', 'food', 3, 'Tidak ada klaim kesehatan atau gizi yang tidak tertera di label', 'No health or nutrition claim that is not on the label', 'BPOM', FALSE, '', ''),
  ('id-food-number', 'ID', 'food', 4, 'Nomor izin edar (MD, ML, atau PIRT) sudah diperiksa', 'The marketing licence number (MD, ML or PIRT) was checked', 'BPOM', TRUE, '', ''),
  ('ph-label', 'PH', '', 1, 'Keterangan iklan terlihat jelas (#ad atau label kerja sama berbayar)', 'The disclosure is plain to see (#ad or the paid partnership label)', 'Ad Standards Council', FALSE, '', ''),
  ('ph-claims', 'PH', '', 2, 'Setiap klaim punya bukti yang bisa ditunjukkan', 'Every claim has proof that can be shown', 'Ad Standards Council', FALSE, '', ''),
  ('ph-endorser', 'PH', '', 3, 'Talent menyatakan memakai produk dan pendapatnya sendiri (sertifikat endorser)', 'The talent certifies to use the product and to speak for themselves (endorser''s certificate)', 'Ad Standards Council', FALSE, '', ''),
  ('ph-cosm-medicine', 'PH', 'cosmetics', 4, 'Tidak diklaim seperti obat', 'Not claimed as a medicine', 'FDA Philippines', FALSE, '', ''),
  ('ph-cosm-number', 'PH', 'cosmetics', 5, 'Nomor notifikasi produk kosmetik (CPN) sudah diperiksa', 'The cosmetic product notification number (CPN) was checked', 'FDA Philippines', TRUE, '', ''),
  ('ph-food-health', 'PH', 'food', 4, '"No approved therapeutic claims" tercantum bila produk suplemen', '"No approved therapeutic claims" stands there for a supplement', 'FDA Philippines', FALSE, '', ''),
  ('ph-food-number', 'PH', 'food', 5, 'Nomor registrasi produk (CPR) sudah diperiksa', 'The product''s registration number (CPR) was checked', 'FDA Philippines', TRUE, '', '');
