package app

import (
	"context"
	"fmt"

	"kolega/internal/db"
	"kolega/internal/worktime"
)

type migrateCmd struct{}

// Run brings the schema up to date; a backup of a SQLite file is made first.
func (m *migrateCmd) Run(ctx context.Context, c *Common, out *outputs) error {
	h, err := OpenHall(ctx, c, worktime.System(), c.logger(out.err))
	if err != nil {
		return err
	}
	defer h.Close()
	if err := db.Migrate(ctx, h.DB); err != nil {
		return err
	}
	schema, _, err := db.SchemaVersions(ctx, h.DB)
	if err != nil {
		return err
	}
	fmt.Fprintf(out.out, "schema %d\n", schema)
	return nil
}
