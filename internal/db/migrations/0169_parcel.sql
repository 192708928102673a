-- +goose Up

-- The product sample of a booking: asked for after the commitment, on its way,
-- arrived (B18). clock_days: the first draft is due so many days after it arrived;
-- 0: the dates stand.
CREATE TABLE parcel (
  booking_id   TEXT PRIMARY KEY REFERENCES booking (id),
  campaign_id  TEXT NOT NULL REFERENCES campaign (id),
  talent_id    TEXT NOT NULL REFERENCES talent (id),
  contents     TEXT NOT NULL,
  clock_days   BIGINT NOT NULL,
  asked_by     TEXT NOT NULL,
  asked_at     BIGINT NOT NULL,
  recipient    TEXT NOT NULL,
  address      TEXT NOT NULL,
  addressed_at BIGINT,
  courier      TEXT NOT NULL,
  number       TEXT NOT NULL,
  sent_by      TEXT NOT NULL,
  sent_at      BIGINT,
  arrived_by   TEXT NOT NULL,
  arrived_at   BIGINT,
  version      BIGINT NOT NULL
);
CREATE INDEX parcel_by_campaign ON parcel (campaign_id);
