-- +goose Up

-- Ways of working: the works of a campaign with offsets in working days. The six
-- below are the first ones; the agency edits them.
CREATE TABLE playbook (
  key     TEXT PRIMARY KEY,
  name_id TEXT NOT NULL,
  name_en TEXT NOT NULL,
  note_id TEXT NOT NULL,
  note_en TEXT NOT NULL,
  works   TEXT NOT NULL,
  retired BOOLEAN NOT NULL,
  version BIGINT NOT NULL
);

CREATE TABLE campaign (
  id            TEXT PRIMARY KEY,
  client_id     TEXT NOT NULL REFERENCES client (id),
  brand_id      TEXT NOT NULL REFERENCES brand (id),
  name          TEXT NOT NULL,
  market        TEXT NOT NULL REFERENCES country (code),
  playbook      TEXT NOT NULL REFERENCES playbook (key),
  currency      TEXT NOT NULL,
  start_on      TEXT NOT NULL,
  end_on        TEXT NOT NULL,
  ae_id         TEXT NOT NULL REFERENCES person (id),
  specialist_id TEXT NOT NULL,
  decider_id    TEXT NOT NULL,
  objective     TEXT NOT NULL,
  er_formula    TEXT NOT NULL,
  er_actions    TEXT NOT NULL,
  started_at    BIGINT NOT NULL,
  kicked_off_at BIGINT,
  closed_at     BIGINT,
  terms         TEXT NOT NULL,
  version       BIGINT NOT NULL,
  fold          TEXT NOT NULL
);
CREATE INDEX campaign_by_start ON campaign (start_on, id);
CREATE INDEX campaign_by_client ON campaign (client_id, start_on);

CREATE TABLE work (
  id            TEXT PRIMARY KEY,
  campaign_id   TEXT NOT NULL REFERENCES campaign (id),
  position      BIGINT NOT NULL,
  kind          TEXT NOT NULL,
  name_id       TEXT NOT NULL,
  name_en       TEXT NOT NULL,
  role          TEXT NOT NULL,
  owner_id      TEXT NOT NULL,
  planned_start TEXT NOT NULL,
  planned_end   TEXT NOT NULL,
  began_at      BIGINT,
  began_by      TEXT NOT NULL,
  ended_at      BIGINT,
  ended_by      TEXT NOT NULL,
  version       BIGINT NOT NULL
);
CREATE INDEX work_by_campaign ON work (campaign_id, position);

-- Versions of a brief. Points and questions are documents: what was shared never changes.
CREATE TABLE brief (
  campaign_id    TEXT NOT NULL REFERENCES campaign (id),
  number         BIGINT NOT NULL,
  lang           TEXT NOT NULL,
  points         TEXT NOT NULL,
  questions      TEXT NOT NULL,
  reason         TEXT NOT NULL,
  created_at     BIGINT NOT NULL,
  created_by     TEXT NOT NULL,
  shared_at      BIGINT,
  shared_by      TEXT NOT NULL,
  accepted_at    BIGINT,
  accepted_by    TEXT NOT NULL,
  accepted_by_id TEXT NOT NULL,
  accepted_via   TEXT NOT NULL,
  frozen_at      BIGINT,
  version        BIGINT NOT NULL,
  PRIMARY KEY (campaign_id, number)
);

-- Who acknowledged which point in which words (R4). Append-only.
CREATE TABLE acknowledgement (
  campaign_id TEXT NOT NULL REFERENCES campaign (id),
  talent_id   TEXT NOT NULL,
  point_id    TEXT NOT NULL,
  number      BIGINT NOT NULL,
  lang        TEXT NOT NULL,
  hash        TEXT NOT NULL,
  at          BIGINT NOT NULL,
  via         TEXT NOT NULL,
  PRIMARY KEY (campaign_id, talent_id, point_id, hash)
);

CREATE TABLE eligibility (
  id          TEXT PRIMARY KEY,
  campaign_id TEXT NOT NULL REFERENCES campaign (id),
  talent_id   TEXT NOT NULL,
  question_id TEXT NOT NULL,
  hash        TEXT NOT NULL,
  lang        TEXT NOT NULL,
  answer      BOOLEAN NOT NULL,
  at          BIGINT NOT NULL
);
CREATE INDEX eligibility_by_talent ON eligibility (campaign_id, talent_id);

CREATE TABLE inquiry (
  id          TEXT PRIMARY KEY,
  campaign_id TEXT NOT NULL REFERENCES campaign (id),
  talent_id   TEXT NOT NULL,
  point_id    TEXT NOT NULL,
  number      BIGINT NOT NULL,
  text        TEXT NOT NULL,
  asked_at    BIGINT NOT NULL,
  answer      TEXT NOT NULL,
  answered_by TEXT NOT NULL,
  answered_at BIGINT,
  version     BIGINT NOT NULL
);
CREATE INDEX inquiry_by_campaign ON inquiry (campaign_id, talent_id);

CREATE TABLE slot (
  id              TEXT PRIMARY KEY,
  campaign_id     TEXT NOT NULL REFERENCES campaign (id),
  number          BIGINT NOT NULL,
  name            TEXT NOT NULL,
  deliverables    TEXT NOT NULL,
  budget_minor    BIGINT NOT NULL,
  budget_currency TEXT NOT NULL,
  price_minor     BIGINT NOT NULL,
  price_currency  TEXT NOT NULL,
  draft_on        TEXT NOT NULL,
  post_on         TEXT NOT NULL,
  conditions      TEXT NOT NULL,
  free            BOOLEAN NOT NULL,
  dropped_at      BIGINT,
  version         BIGINT NOT NULL,
  UNIQUE (campaign_id, number)
);

INSERT INTO playbook (key, name_id, name_en, note_id, note_en, works, retired, version) VALUES
  ('exclusive-launch', 'Peluncuran eksklusif', 'Exclusive launch', 'Satu produk baru, talent terpilih, dari meeting sampai hasil campaign.', 'One new product with chosen talents, from the meeting to the campaign result.', '[{"Kind": "meeting", "NameID": "Meeting dengan brand", "NameEN": "Meeting with the brand", "Role": "ae", "Offset": 0, "Days": 1}, {"Kind": "brief", "NameID": "Menyusun brief", "NameEN": "Write the brief", "Role": "ae", "Offset": 1, "Days": 3}, {"Kind": "shortlist", "NameID": "List talent", "NameEN": "List talents", "Role": "specialist", "Offset": 3, "Days": 4}, {"Kind": "picks", "NameID": "Brand memilih talent", "NameEN": "Brand picks talents", "Role": "client", "Offset": 7, "Days": 3}, {"Kind": "handover", "NameID": "Brief ke KOL specialist", "NameEN": "Brief the KOL specialist", "Role": "ae", "Offset": 10, "Days": 1}, {"Kind": "talent_brief", "NameID": "Talent menyanggupi brief dan tanggal", "NameEN": "Talents accept brief and dates", "Role": "talent", "Offset": 11, "Days": 3}, {"Kind": "drafting", "NameID": "Drafting konten", "NameEN": "Content drafting", "Role": "talent", "Offset": 14, "Days": 7}, {"Kind": "posting", "NameID": "Tayang", "NameEN": "Posting", "Role": "talent", "Offset": 21, "Days": 3}, {"Kind": "insights", "NameID": "Minta laporan insight", "NameEN": "Ask for insight reports", "Role": "specialist", "Offset": 26, "Days": 5}, {"Kind": "result", "NameID": "Membuat hasil campaign", "NameEN": "Make the campaign result", "Role": "ae", "Offset": 31, "Days": 3}]', FALSE, 1),
  ('brief-and-negotiate', 'Sesuaikan brief dan negosiasi', 'Adjust the brief and negotiate', 'Brief datang dari klien; agensi menyesuaikan, mencari talent dan bernegosiasi.', 'The client brings the brief; the agency adapts it, lists talents and negotiates.', '[{"Kind": "brief", "NameID": "Menyesuaikan brief", "NameEN": "Adjust the brief", "Role": "ae", "Offset": 0, "Days": 2}, {"Kind": "shortlist", "NameID": "List talent", "NameEN": "List talents", "Role": "specialist", "Offset": 2, "Days": 4}, {"Kind": "picks", "NameID": "Brand memilih talent", "NameEN": "Brand picks talents", "Role": "client", "Offset": 6, "Days": 2}, {"Kind": "negotiate", "NameID": "Negosiasi", "NameEN": "Negotiate", "Role": "specialist", "Offset": 8, "Days": 4}, {"Kind": "drafting", "NameID": "Drafting konten", "NameEN": "Content drafting", "Role": "talent", "Offset": 12, "Days": 6}, {"Kind": "posting", "NameID": "Tayang", "NameEN": "Posting", "Role": "talent", "Offset": 18, "Days": 4}, {"Kind": "insights", "NameID": "Minta laporan insight", "NameEN": "Ask for insight reports", "Role": "specialist", "Offset": 24, "Days": 5}, {"Kind": "result", "NameID": "Laporan ke klien", "NameEN": "Report to the client", "Role": "ae", "Offset": 29, "Days": 2}]', FALSE, 1),
  ('shoot-day', 'Hari shooting', 'Shoot day', 'Mendampingi talent shooting dan menjaga klien di lokasi.', 'Accompany talents at a shooting and look after the client on location.', '[{"Kind": "brief", "NameID": "Menyusun brief", "NameEN": "Write the brief", "Role": "ae", "Offset": 0, "Days": 2}, {"Kind": "shortlist", "NameID": "List talent", "NameEN": "List talents", "Role": "specialist", "Offset": 2, "Days": 3}, {"Kind": "picks", "NameID": "Brand memilih talent", "NameEN": "Brand picks talents", "Role": "client", "Offset": 5, "Days": 2}, {"Kind": "shoot", "NameID": "Mendampingi talent shooting", "NameEN": "Accompany talents at the shooting", "Role": "specialist", "Offset": 9, "Days": 2}, {"Kind": "hospitality", "NameID": "Menjaga klien di lokasi", "NameEN": "Look after the client on location", "Role": "ae", "Offset": 9, "Days": 2}, {"Kind": "drafting", "NameID": "Drafting konten", "NameEN": "Content drafting", "Role": "talent", "Offset": 11, "Days": 4}, {"Kind": "posting", "NameID": "Tayang", "NameEN": "Posting", "Role": "talent", "Offset": 15, "Days": 2}, {"Kind": "result", "NameID": "Laporan ke klien", "NameEN": "Report to the client", "Role": "ae", "Offset": 22, "Days": 2}]', FALSE, 1),
  ('pitch-and-domino', 'Pitch deck dan efek domino', 'Pitch deck and domino effect', 'Pitch deck untuk klien, lalu akun media sebagai pemicu efek domino.', 'A pitch deck for the client, then media accounts that start the domino effect.', '[{"Kind": "pitch", "NameID": "Membuat pitch deck", "NameEN": "Make the pitch deck", "Role": "designer", "Offset": 0, "Days": 4}, {"Kind": "brief", "NameID": "Menyusun brief", "NameEN": "Write the brief", "Role": "ae", "Offset": 4, "Days": 2}, {"Kind": "follow_up", "NameID": "Follow up ke KOL specialist (akun media, efek domino)", "NameEN": "Follow up with the KOL specialist (media accounts, domino effect)", "Role": "ae", "Offset": 6, "Days": 2}, {"Kind": "shortlist", "NameID": "List akun media", "NameEN": "List media accounts", "Role": "specialist", "Offset": 8, "Days": 3}, {"Kind": "picks", "NameID": "Brand memilih akun", "NameEN": "Brand picks accounts", "Role": "client", "Offset": 11, "Days": 2}, {"Kind": "drafting", "NameID": "Drafting konten", "NameEN": "Content drafting", "Role": "talent", "Offset": 13, "Days": 4}, {"Kind": "posting", "NameID": "Tayang", "NameEN": "Posting", "Role": "talent", "Offset": 17, "Days": 3}, {"Kind": "insights", "NameID": "Minta laporan insight", "NameEN": "Ask for insight reports", "Role": "specialist", "Offset": 22, "Days": 4}, {"Kind": "result", "NameID": "Laporan ke klien", "NameEN": "Report to the client", "Role": "ae", "Offset": 26, "Days": 2}]', FALSE, 1),
  ('tiktok-talents', 'Talent TikTok', 'TikTok talents', 'Mencari talent TikTok, mengirim draf ke klien, meminta laporan insight.', 'Find TikTok talents, send drafts to the client, ask for insight reports.', '[{"Kind": "brief", "NameID": "Menyusun brief", "NameEN": "Write the brief", "Role": "ae", "Offset": 0, "Days": 2}, {"Kind": "shortlist", "NameID": "Mencari talent TikTok", "NameEN": "Find TikTok talents", "Role": "specialist", "Offset": 1, "Days": 4}, {"Kind": "picks", "NameID": "Brand memilih talent", "NameEN": "Brand picks talents", "Role": "client", "Offset": 5, "Days": 2}, {"Kind": "drafting", "NameID": "Drafting konten", "NameEN": "Content drafting", "Role": "talent", "Offset": 8, "Days": 6}, {"Kind": "client_review", "NameID": "Mengirim draf ke klien", "NameEN": "Send drafts to the client", "Role": "ae", "Offset": 11, "Days": 5}, {"Kind": "posting", "NameID": "Tayang", "NameEN": "Posting", "Role": "talent", "Offset": 16, "Days": 3}, {"Kind": "insights", "NameID": "Minta laporan insight", "NameEN": "Ask for insight reports", "Role": "specialist", "Offset": 21, "Days": 5}, {"Kind": "result", "NameID": "Laporan ke klien", "NameEN": "Report to the client", "Role": "ae", "Offset": 26, "Days": 2}]', FALSE, 1),
  ('philippines', 'Talent Filipina', 'Talents in the Philippines', 'Talent di luar negeri: zona waktu lain, pembayaran ke luar negeri.', 'Talents abroad: another clock, payment across the border.', '[{"Kind": "brief", "NameID": "Menyusun brief", "NameEN": "Write the brief", "Role": "ae", "Offset": 0, "Days": 3}, {"Kind": "shortlist", "NameID": "Mencari talent di Filipina", "NameEN": "Find talents in the Philippines", "Role": "specialist", "Offset": 2, "Days": 5}, {"Kind": "picks", "NameID": "Brand memilih talent", "NameEN": "Brand picks talents", "Role": "client", "Offset": 7, "Days": 3}, {"Kind": "talent_brief", "NameID": "Brief talent Filipina", "NameEN": "Brief the talents there", "Role": "specialist", "Offset": 10, "Days": 3}, {"Kind": "timekeeping", "NameID": "Menjaga timeline", "NameEN": "Keep the timeline", "Role": "specialist", "Offset": 10, "Days": 20}, {"Kind": "drafting", "NameID": "Drafting konten", "NameEN": "Content drafting", "Role": "talent", "Offset": 13, "Days": 8}, {"Kind": "posting", "NameID": "Tayang", "NameEN": "Posting", "Role": "talent", "Offset": 21, "Days": 4}, {"Kind": "insights", "NameID": "Minta laporan insight", "NameEN": "Ask for insight reports", "Role": "specialist", "Offset": 27, "Days": 5}, {"Kind": "result", "NameID": "Mengirim laporan ke klien", "NameEN": "Send the report to the client", "Role": "ae", "Offset": 32, "Days": 3}, {"Kind": "pay_talent", "NameID": "Pembayaran ke luar negeri", "NameEN": "Pay abroad", "Role": "finance", "Offset": 32, "Days": 5}]', FALSE, 1);
