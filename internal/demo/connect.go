package demo

import (
	"context"

	"kolega/internal/access"
	"kolega/internal/result"
	"kolega/internal/sandbox"
	"kolega/internal/web/house"
)

// Connect opens the demo agency's ways into platforms through the stand-ins, as its
// specialist would: the agency's keys, the account of one talent, and one whose consent
// has lapsed since. It does nothing where something is connected.
func Connect(ctx context.Context, h *house.House, at *sandbox.Social) error {
	people, err := h.Access.People(ctx, access.System())
	if err != nil {
		return err
	}
	var spec access.Actor
	for _, p := range people {
		if p.Role == access.Specialist && spec.ID == "" {
			spec = p.Actor("cli")
		}
	}
	if list, err := h.Result.Connections(ctx, access.System()); err != nil || len(list) > 0 || spec.ID == "" {
		return err
	}
	open, err := h.Result.Unconnected(ctx, spec)
	if err != nil {
		return err
	}
	in := []result.SaveConnection{
		{Platform: result.Instagram, Way: result.WayAgency, Token: sandbox.TokenOf("agensicontoh", sandbox.HiddenLikes)},
		{Platform: result.YouTube, Way: result.WayAgency, Token: sandbox.TokenOf("kunci", "")},
	}
	for _, c := range open {
		in = append(in, result.SaveConnection{Platform: c.Platform, Way: c.Way, AccountID: c.AccountID, App: "awcontoh", AppSecret: "rahasia",
			Token: sandbox.TokenOf(c.Account, ""), Renewal: sandbox.TokenOf(c.Account, "") + "~~r"})
	}
	in = in[:min(len(in), 4)]
	for n, x := range in {
		x.Mode = result.ModeSandbox
		if _, err := h.Result.SaveConnection(ctx, spec, x); err != nil {
			return err
		}
		if n == 3 {
			at.Ail(x.Token, sandbox.Lapsed, 0)
		}
	}
	return nil
}
