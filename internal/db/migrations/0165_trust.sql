-- +goose Up

-- A trainee whose acts for one client go out without a supervisor's approval (A1).
CREATE TABLE trust (
  person_id TEXT NOT NULL REFERENCES person (id),
  client_id TEXT NOT NULL,
  given_by  TEXT NOT NULL,
  given_at  BIGINT NOT NULL,
  PRIMARY KEY (person_id, client_id)
);
