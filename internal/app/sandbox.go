package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/connect/payouts"
	"kolega/internal/connect/platforms"
	"kolega/internal/connect/whatsapp"
	"kolega/internal/db"
	"kolega/internal/demo"
	"kolega/internal/message"
	"kolega/internal/money"
	"kolega/internal/payout"
	"kolega/internal/result"
	"kolega/internal/sandbox"
	"kolega/internal/secret"
	"kolega/internal/worktime"
)

type sandboxCmd struct {
	Addr     string `help:"Address to listen on." default:"127.0.0.1:8090" placeholder:"HOST:PORT"`
	Callback string `help:"Address of the Kolega that is called back." default:"http://127.0.0.1:8080" placeholder:"URL"`
}

// Run serves the stand-ins of payment providers, platforms and WhatsApp until it is told
// to stop.
func (s *sandboxCmd) Run(ctx context.Context, _ *Common, out *outputs) error {
	bank, cloud := sandbox.New(worktime.System().Now), sandbox.NewCloud(worktime.System().Now)
	address, done, err := serveSandbox(ctx, standIns(bank, sandbox.NewSocial(worktime.System().Now), cloud), s.Addr)
	if err != nil {
		return err
	}
	fmt.Fprintf(out.out, "Stand-ins of Flip, Xendit, Instagram, TikTok, YouTube and WhatsApp %s\nStart Kolega with KOLEGA_SANDBOX=%s; keys: %sIDR, %sPHP; callback token: %s; platform tokens: %s; WhatsApp's app secret: %s\n",
		address, address, sandbox.Secret, sandbox.Secret, sandbox.Token, sandbox.TokenOf("HANDLE", ""), sandbox.AppSecret)
	go bank.CallBack(ctx, s.Callback)
	go cloud.CallBack(ctx, s.Callback+"/hook/whatsapp")
	return <-done
}

// standIns are all stand-ins behind one address.
func standIns(bank *sandbox.Bank, social *sandbox.Social, cloud *sandbox.Cloud) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", bank.Handler())
	mux.Handle("/whatsapp/", http.StripPrefix("/whatsapp", cloud.Handler()))
	for _, pattern := range []string{"/instagram/", "/tiktok/", "/youtube/", "/control/social"} {
		mux.Handle(pattern, social.Handler())
	}
	return mux
}

// serveSandbox serves stand-ins at an address until ctx ends.
func serveSandbox(ctx context.Context, handler http.Handler, addr string) (address string, done <-chan error, err error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if err != nil {
		return "", nil, fmt.Errorf("listen: %w", err)
	}
	srv := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	ended := make(chan error, 1)
	go func() {
		err := srv.Serve(l)
		if errors.Is(err, http.ErrServerClosed) {
			err = nil
		}
		ended <- err
	}()
	go func() { <-ctx.Done(); _ = srv.Close() }()
	return "http://" + l.Addr().String(), ended, nil
}

// reach gives the house its way to payment providers and platforms; at is the stand-ins'
// address, empty when there are none.
func (h *Hall) reach(at string) {
	h.Result.Connect(&result.Platforms{Box: h.Box, Open: platforms.Way{Sandbox: at, Now: h.DB.Now}.Open, Sandbox: at != ""})
	way := payouts.Way{Sandbox: at, Now: h.DB.Now}
	h.Payout.Connect(&payout.Providers{Box: h.Box, Open: way.Open, Sandbox: at != ""})
	h.cloud(at)
}

// cloud gives the house its way to WhatsApp; at is the stand-ins' address, empty when
// there are none.
func (h *Hall) cloud(at string) {
	h.Message.Connect(&message.Ways{Box: h.Box, Blob: h.Blob, Sandbox: at != "", ReadWhatsApp: whatsapp.Read,
		OpenWhatsApp: func(s message.Settings, token secret.Hidden) (message.Cloud, error) {
			switch {
			case s.Mode != message.ModeSandbox:
				return whatsapp.New(whatsapp.Base, s, token, nil), nil
			case at == "":
				return nil, message.ErrNoChannel
			}
			return whatsapp.New(at+"/whatsapp", s, token, nil), nil
		}})
}

// stand serves stand-ins for the demo agency beside it, which then pays, reads figures
// and writes through them.
func (h *Hall) stand(ctx context.Context) (*sandbox.Bank, *sandbox.Cloud, error) {
	bank, social, cloud := sandbox.New(h.DB.Now), sandbox.NewSocial(h.DB.Now), sandbox.NewCloud(h.DB.Now)
	social.Posts = h.published
	address, _, err := serveSandbox(ctx, standIns(bank, social, cloud), "127.0.0.1:0")
	if err != nil {
		return nil, nil, err
	}
	h.reach(address)
	if err := demo.Connect(ctx, &h.House, social); err != nil {
		return nil, nil, err
	}
	people, err := h.Access.People(ctx, access.System())
	if err != nil {
		return nil, nil, err
	}
	by := map[access.Role]access.Actor{}
	for _, p := range people {
		if _, there := by[p.Role]; !there {
			by[p.Role] = p.Actor("cli")
		}
	}
	if fin, ok := by[access.Finance]; ok {
		if err := h.openSandboxAccounts(ctx, fin); err != nil {
			return nil, nil, err
		}
	}
	kept, _, err := h.Message.Channels(ctx, access.System())
	if err == nil && len(kept) == 0 {
		err = demo.Chat(ctx, &h.House, h.Runner, cloud, by[access.Manager], by[access.AE])
	}
	return bank, cloud, err
}

// published tells the stand-ins of platforms what the house knows to be live there.
func (h *Hall) published(p sandbox.Provider, handle string) (out []sandbox.Content) {
	ctx := context.Background()
	err := h.DB.Read(ctx, func(tx *db.Tx) error {
		list, err := result.ListPublished(ctx, tx, string(p), handle, tx.Now().AddDate(0, -2, 0))
		for _, x := range list {
			out = append(out, sandbox.Content{ID: x.ID, URL: x.URL, Story: result.Story(x.Format), At: x.PostedAt, Views: x.Views})
		}
		return err
	})
	if err != nil {
		h.Log.ErrorContext(ctx, "stand-in of a platform", slog.Any("err", err))
	}
	return out
}

func (h *Hall) openSandboxAccounts(ctx context.Context, actor access.Actor) error {
	kept, err := h.Payout.ProviderAccounts(ctx, actor)
	if err != nil || len(kept) > 0 {
		return err
	}
	for _, in := range []payout.EditProvider{{Kind: payout.KindFlip, Currency: money.CurrencyIDR}, {Kind: payout.KindXendit, Currency: "PHP"}} {
		in.Mode, in.Secret, in.Token, in.Active = payout.ModeSandbox, sandbox.Secret+string(in.Currency), sandbox.Token, true
		id, err := h.Payout.SaveProvider(ctx, actor, in)
		if err != nil {
			return err
		}
		if _, err := h.Payout.TestProvider(ctx, actor, id); err != nil {
			return err
		}
	}
	return nil
}
