// Package payouts opens accounts at payment providers: which one, at which address.
// It is the only place that knows all of them.
//
// Laws. The addresses of live and test services are constants of the rooms below;
// only the stand-in's is given from outside.
package payouts

import (
	"net/http"
	"strings"
	"time"

	"kolega/internal/connect/flip"
	"kolega/internal/connect/xendit"
	"kolega/internal/payout"
)

// Way says how providers are reached.
type Way struct {
	Sandbox string           // base address of the stand-ins; empty when there are none
	Now     func() time.Time // the time that calls are stamped with
	// Transport replaces the network, by kind; for simulations.
	Transport map[string]http.RoundTripper
}

// Open gives the provider of an account. Fault: payout.provider-mode when its mode
// is a stand-in that is not there.
func (w Way) Open(c payout.Credentials) (payout.Provider, error) {
	if c.Mode == payout.ModeSandbox && w.Sandbox == "" {
		return nil, payout.ErrProviderMode
	}
	sandbox := strings.TrimSuffix(w.Sandbox, "/") + "/" + c.Kind
	rt := w.Transport[c.Kind]
	if c.Kind == payout.KindXendit {
		base := xendit.Base
		if c.Mode == payout.ModeSandbox {
			base = sandbox
		}
		return xendit.New(base, c.Secret, w.Now, rt), nil
	}
	base := map[string]string{payout.ModeLive: flip.Live, payout.ModeTest: flip.Test, payout.ModeSandbox: sandbox}[c.Mode]
	return flip.New(base, c.Secret, w.Now, rt), nil
}
