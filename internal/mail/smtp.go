package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/smtp"
	"net/textproto"
	"strconv"
	"time"

	"kolega/internal/secret"
)

// Server is where letters are handed in. On port 465 the connection is TLS from its
// start, elsewhere it changes to TLS before anything is said; only a server on this
// machine is spoken to without.
type Server struct {
	Host     string
	Port     int
	User     string // "" signs in as nobody
	Password secret.Hidden
	TLS      *tls.Config // for tests; nil is the system's
}

// State is what became of a letter.
type State int

// The outcomes of handing a letter in.
const (
	Taken   State = iota
	Refused       // for good: 5xx, or a letter that cannot be written
	Later         // 4xx, or nobody was reached
	SignIn        // the server does not let us in: settings are wrong
	Unknown       // the server may have it
)

// Outcome says what became of a letter, with the server's words.
type Outcome struct {
	State State
	Code  int // SMTP reply code, 0 when none came
	Text  string
}

// within bounds one handing over.
const within = 30 * time.Second

// Send hands a letter in. It never fails: what went wrong is in the outcome.
func (s Server) Send(ctx context.Context, l Letter) Outcome {
	data, err := l.Bytes()
	if err != nil {
		return Outcome{State: Refused, Text: err.Error()}
	}
	c, out := s.open(ctx)
	if c == nil {
		return out
	}
	defer func() { _ = c.Close() }()
	if err := c.Mail(l.From.Email); err != nil {
		return outcome(err)
	}
	if err := c.Rcpt(l.To.Email); err != nil {
		return outcome(err)
	}
	w, err := c.Data()
	if err != nil {
		return outcome(err)
	}
	if _, err := w.Write(data); err != nil {
		return outcome(err) // the final dot was not given: the server cannot have it
	}
	if err := w.Close(); err != nil {
		var said *textproto.Error
		if errors.As(err, &said) {
			return outcome(err)
		}
		return Outcome{State: Unknown, Text: err.Error()}
	}
	_ = c.Quit()
	return Outcome{State: Taken}
}

// Try signs in and hands nothing over.
func (s Server) Try(ctx context.Context) Outcome {
	c, out := s.open(ctx)
	if c == nil {
		return out
	}
	_ = c.Quit()
	return Outcome{State: Taken}
}

// open signs in; no client with the outcome when that failed.
func (s Server) open(ctx context.Context) (*smtp.Client, Outcome) {
	c, err := s.dial(ctx)
	if err != nil {
		out := outcome(err)
		if out.State == Refused { // of everybody, not of this letter
			out.State = SignIn
		}
		return nil, out
	}
	if s.User == "" {
		return c, Outcome{}
	}
	if err := c.Auth(smtp.PlainAuth("", s.User, s.Password.Reveal(), s.Host)); err != nil {
		_ = c.Close()
		out := outcome(err)
		if out.Code == 0 || out.State == Refused {
			out.State = SignIn
		}
		return nil, out
	}
	return c, Outcome{}
}

func (s Server) dial(ctx context.Context) (*smtp.Client, error) {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", net.JoinHostPort(s.Host, strconv.Itoa(s.Port)))
	if err != nil {
		return nil, err
	}
	_ = conn.SetDeadline(time.Now().Add(within)) //nolint:forbidigo // bounds the connection, decides nothing
	settings := &tls.Config{MinVersion: tls.VersionTLS12}
	if s.TLS != nil {
		settings = s.TLS.Clone()
	}
	settings.ServerName = s.Host
	if s.Port == 465 {
		conn = tls.Client(conn, settings)
	}
	c, err := smtp.NewClient(conn, s.Host)
	if err != nil {
		_ = conn.Close()
		return nil, err
	}
	if s.Port != 465 && !here(s.Host) {
		if err := c.StartTLS(settings); err != nil {
			_ = c.Close()
			return nil, err
		}
	}
	return c, nil
}

func here(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// outcome reads an error before the text was given whole: the server cannot have it.
func outcome(err error) Outcome {
	var said *textproto.Error
	if !errors.As(err, &said) {
		return Outcome{State: Later, Text: err.Error()}
	}
	out := Outcome{State: Later, Code: said.Code, Text: said.Msg}
	switch {
	case said.Code == 530 || said.Code == 534 || said.Code == 535:
		out.State = SignIn
	case said.Code >= 500:
		out.State = Refused
	}
	return out
}
