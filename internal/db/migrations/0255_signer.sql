-- +goose Up

-- Who signs an agreement, in order; each is a contact of the client's or a person of the agency.
CREATE TABLE agreement_signer (
  id           TEXT PRIMARY KEY,
  agreement_id TEXT NOT NULL REFERENCES agreement (id),
  position     BIGINT NOT NULL,
  contact_id   TEXT REFERENCES contact (id),
  person_id    TEXT REFERENCES person (id),
  signed_at    BIGINT,
  signed_name  TEXT NOT NULL,
  signed_from  TEXT NOT NULL,
  code_to      TEXT NOT NULL,
  UNIQUE (agreement_id, position)
);
INSERT INTO agreement_signer (id, agreement_id, position, contact_id, signed_at, signed_name, signed_from, code_to)
  SELECT id || '-1', id, 1, contact_id, CASE WHEN signed_via = 'link' THEN signed_at END, CASE WHEN signed_via = 'link' THEN signed_by ELSE '' END, signed_from, '' FROM agreement;

-- Wording of an agreement with variables such as {client.address}.
CREATE TABLE agreement_template (
  id         TEXT PRIMARY KEY,
  name       TEXT NOT NULL,
  lang       TEXT NOT NULL,
  body       TEXT NOT NULL,
  made_at    BIGINT NOT NULL,
  made_by    TEXT NOT NULL,
  retired_at BIGINT,
  version    BIGINT NOT NULL
);

-- parent_id: of an addendum. clauses: the wording as it was taken from a template, with its own variables in fills.
ALTER TABLE agreement ADD COLUMN parent_id TEXT REFERENCES agreement (id);
ALTER TABLE agreement ADD COLUMN clauses TEXT NOT NULL DEFAULT '';
ALTER TABLE agreement ADD COLUMN fills TEXT NOT NULL DEFAULT '{}';
ALTER TABLE agreement ADD COLUMN stamped_at BIGINT;
CREATE INDEX agreement_by_parent ON agreement (parent_id);

INSERT INTO number_series (series, pattern, version) VALUES ('addendum', 'ADD/{n}/{roman}/{year}', 1);
