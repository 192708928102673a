// Package laws holds no code, only tests: the laws of the house. They read the
// source and fail when a line stands in the wrong room, a file outgrows its
// bounds, a word of one database slips in, the clock is read where it must not
// be, or a text or an error is missing from its list.
//
// go test ./internal/laws -update writes docs/errors.md and docs/rights.md anew.
package laws
