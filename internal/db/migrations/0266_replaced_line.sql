-- +goose Up

-- Lines of proposals whose place a later proposal took; the other lines stand (R14).
CREATE TABLE brief_line_replaced (
  proposal_id TEXT NOT NULL,
  line_id     TEXT NOT NULL,
  replaced_by TEXT NOT NULL,
  PRIMARY KEY (proposal_id, line_id)
);
