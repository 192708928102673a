package testkit

import (
	"errors"
	"io"
	"net"
	"sync"
	"testing"

	"github.com/emersion/go-smtp"
)

// Mailbox is a real SMTP server on this machine that keeps what it is given.
type Mailbox struct {
	Port int

	mu      sync.Mutex
	letters []Posted
	// Refuse, when it is set, answers a receiver with an error; Drop breaks the
	// connection after a letter was taken and before that is said.
	refuse func(to string) error
	drop   func(to string) bool
}

// Posted is a letter as the server got it.
type Posted struct {
	From, To string
	Data     []byte
}

// NewMailbox starts a server that ends with the test.
func NewMailbox(t testing.TB) *Mailbox {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	m := &Mailbox{Port: l.Addr().(*net.TCPAddr).Port}
	srv := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) { return &posting{box: m, conn: c}, nil }))
	srv.Domain, srv.AllowInsecureAuth = "mailbox.test", true
	go func() { _ = srv.Serve(l) }()
	t.Cleanup(func() { _ = srv.Close() })
	return m
}

// Refuse sets how receivers are answered; nil takes all.
func (m *Mailbox) Refuse(f func(to string) error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.refuse = f
}

// Drop sets after which letters the connection breaks before the server says that it
// has them.
func (m *Mailbox) Drop(f func(to string) bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.drop = f
}

// Letters gives what came so far.
func (m *Mailbox) Letters() []Posted {
	m.mu.Lock()
	defer m.mu.Unlock()
	return append([]Posted(nil), m.letters...)
}

// SMTPError is an answer of a mail server: its code and its words.
func SMTPError(code int, words string) error {
	return &smtp.SMTPError{Code: code, EnhancedCode: smtp.NoEnhancedCode, Message: words}
}

type posting struct {
	box      *Mailbox
	conn     *smtp.Conn
	from, to string
}

func (p *posting) Mail(from string, _ *smtp.MailOptions) error { p.from = from; return nil }

func (p *posting) Rcpt(to string, _ *smtp.RcptOptions) error {
	p.to = to
	p.box.mu.Lock()
	defer p.box.mu.Unlock()
	if p.box.refuse != nil {
		return p.box.refuse(to)
	}
	return nil
}

func (p *posting) Data(r io.Reader) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	p.box.mu.Lock()
	defer p.box.mu.Unlock()
	p.box.letters = append(p.box.letters, Posted{p.from, p.to, data})
	if p.box.drop != nil && p.box.drop(p.to) {
		_ = p.conn.Conn().Close()
		return errors.New("dropped")
	}
	return nil
}

func (p *posting) Reset()        {}
func (p *posting) Logout() error { return nil }
