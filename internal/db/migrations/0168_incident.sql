-- +goose Up

-- What happened when a talent could not deliver: the kind alone, never a health
-- detail; what was decided; what the brand was told, and how (A51).
CREATE TABLE incident (
  id          TEXT PRIMARY KEY,
  booking_id  TEXT NOT NULL REFERENCES booking (id),
  campaign_id TEXT NOT NULL REFERENCES campaign (id),
  client_id   TEXT NOT NULL REFERENCES client (id),
  talent_id   TEXT NOT NULL REFERENCES talent (id),
  kind        TEXT NOT NULL,
  since       TEXT NOT NULL,
  opened_by   TEXT NOT NULL,
  opened_at   BIGINT NOT NULL,
  decision    TEXT NOT NULL,
  told        TEXT NOT NULL,
  words       TEXT NOT NULL,
  dates       TEXT NOT NULL,
  decided_by  TEXT NOT NULL,
  decided_at  BIGINT,
  version     BIGINT NOT NULL
);
CREATE INDEX incident_by_campaign ON incident (campaign_id, opened_at);
CREATE UNIQUE INDEX incident_once ON incident (booking_id) WHERE decided_at IS NULL;
