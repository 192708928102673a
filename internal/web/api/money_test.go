package api

import (
	"slices"
	"testing"

	"kolega/internal/web/house"
)

func TestAPI_MoneyHasItsResources(t *testing.T) {
	a, _ := New(&house.House{})
	for _, path := range []string{"/agreements", "/invoices", "/receipts", "/credit-notes", "/payouts", "/ledger-entries", "/my-agreements", "/my-invoices", "/my-payouts"} {
		if !slices.ContainsFunc(a.Ops, func(o Op) bool { return o.Method == "GET" && o.Path == path }) {
			t.Errorf("no GET %s", path)
		}
	}
}
