// Package platforms opens connections to the platforms that posts are on: which one, at
// which address. It is the only place that knows all of them.
//
// Laws. The addresses of the live services are constants of the rooms below; only the
// stand-ins' is given from outside.
package platforms

import (
	"net/http"
	"strings"
	"time"

	"kolega/internal/connect/instagram"
	"kolega/internal/connect/tiktok"
	"kolega/internal/connect/youtube"
	"kolega/internal/result"
)

// Way says how platforms are reached.
type Way struct {
	Sandbox string           // base address of the stand-ins; empty when there are none
	Now     func() time.Time // the house's clock
	// Transport replaces the network, by platform; for simulations.
	Transport map[string]http.RoundTripper
}

// Open gives the gauge of a connection. Faults: connection.mode when its mode is a
// stand-in that is not there, connection.platform.
func (w Way) Open(o result.Opening) (result.Gauge, error) {
	if o.Mode == result.ModeSandbox && w.Sandbox == "" {
		return nil, result.ErrConnMode
	}
	base := func(live string) string {
		if o.Mode == result.ModeSandbox {
			return strings.TrimSuffix(w.Sandbox, "/") + "/" + o.Platform
		}
		return live
	}
	rt := w.Transport[o.Platform]
	switch {
	case o.Platform == result.YouTube:
		return youtube.New(base(youtube.Live), o.Token, w.Now, rt), nil
	case o.Platform == result.TikTok:
		return tiktok.New(base(tiktok.Live), o, w.Now, rt), nil
	case o.Platform == result.Instagram && o.Way == result.WayAgency:
		return instagram.New(base(instagram.LiveAgency), o.Way, o.Token, w.Now, rt), nil
	case o.Platform == result.Instagram:
		return instagram.New(base(instagram.LiveAccount), o.Way, o.Token, w.Now, rt), nil
	}
	return nil, result.ErrConnPlatform
}
