package mail

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"path/filepath"
	"strings"
	"time"
)

// Letter is one text to one address.
type Letter struct {
	From      Address
	ReplyTo   string
	To        Address
	Subject   string
	Text      string // plain
	ID        string // without brackets: "0ABC@agency.example"; the same letter has the same
	Thread    string // id of the letter that this one follows; may be empty
	At        time.Time
	Auto      bool   // written by the program alone
	StopURL   string // one click ends such letters (RFC 8058); empty for letters of business
	Files     []File
	StopWords string // line below the text that goes with StopURL
}

// Address is a name and an e-mail address.
type Address struct{ Name, Email string }

// File goes along with a letter.
type File struct {
	Name string
	Type string
	Data []byte
}

// ErrLetter is a letter that cannot be written: an address that is none, or a header
// with a line break in it.
var ErrLetter = errors.New("letter cannot be written")

// Valid tells whether a text is one plain e-mail address.
func Valid(email string) bool {
	a, err := mail.ParseAddress(email)
	return err == nil && a.Address == email && !strings.ContainsAny(email, "\r\n")
}

// Bytes writes the letter as RFC 5322 has it. Fault: ErrLetter.
func (l Letter) Bytes() ([]byte, error) {
	if !Valid(l.From.Email) || !Valid(l.To.Email) || l.ReplyTo != "" && !Valid(l.ReplyTo) {
		return nil, fmt.Errorf("address: %w", ErrLetter)
	}
	for _, v := range []string{l.Subject, l.From.Name, l.To.Name, l.ID, l.Thread, l.StopURL} {
		if strings.ContainsAny(v, "\r\n") {
			return nil, fmt.Errorf("line break in a header: %w", ErrLetter)
		}
	}
	var b bytes.Buffer
	for _, h := range l.headers() {
		b.WriteString(h[0] + ": " + h[1] + "\r\n")
	}
	if len(l.Files) == 0 {
		b.WriteString("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n")
		err := l.text(&b)
		return b.Bytes(), err
	}
	w := multipart.NewWriter(&b)
	b.WriteString("Content-Type: multipart/mixed; boundary=" + w.Boundary() + "\r\n\r\n")
	p, err := w.CreatePart(textproto.MIMEHeader{"Content-Type": {"text/plain; charset=utf-8"}, "Content-Transfer-Encoding": {"quoted-printable"}})
	if err == nil {
		err = l.text(p)
	}
	for _, f := range l.Files {
		if err == nil {
			err = f.write(w)
		}
	}
	if err == nil {
		err = w.Close()
	}
	return b.Bytes(), err
}

func (l Letter) headers() [][2]string {
	h := [][2]string{
		{"From", l.From.header()}, {"To", l.To.header()}, {"Subject", mime.QEncoding.Encode("utf-8", l.Subject)},
		{"Date", l.At.UTC().Format(time.RFC1123Z)}, {"Message-ID", "<" + l.ID + ">"}, {"MIME-Version", "1.0"},
	}
	if l.ReplyTo != "" {
		h = append(h, [2]string{"Reply-To", l.ReplyTo})
	}
	if l.Thread != "" {
		h = append(h, [2]string{"In-Reply-To", "<" + l.Thread + ">"}, [2]string{"References", "<" + l.Thread + ">"})
	}
	if l.Auto {
		h = append(h, [2]string{"Auto-Submitted", "auto-generated"})
	}
	if l.StopURL != "" {
		h = append(h, [2]string{"List-Unsubscribe", "<" + l.StopURL + ">"}, [2]string{"List-Unsubscribe-Post", "List-Unsubscribe=One-Click"})
	}
	return h
}

func (a Address) header() string { return (&mail.Address{Name: a.Name, Address: a.Email}).String() }

func (l Letter) text(w io.Writer) error {
	text := l.Text
	if l.StopURL != "" && l.StopWords != "" {
		text += "\n\n-- \n" + l.StopWords + " " + l.StopURL
	}
	q := quotedprintable.NewWriter(w)
	if _, err := io.WriteString(q, strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", "\r\n")); err != nil {
		return err
	}
	return q.Close()
}

func (f File) write(w *multipart.Writer) error {
	name := mime.FormatMediaType("attachment", map[string]string{"filename": filepath.Base(f.Name)})
	if name == "" || strings.ContainsAny(f.Type, "\r\n") {
		return fmt.Errorf("file name: %w", ErrLetter)
	}
	p, err := w.CreatePart(textproto.MIMEHeader{"Content-Type": {f.Type}, "Content-Transfer-Encoding": {"base64"}, "Content-Disposition": {name}})
	if err != nil {
		return err
	}
	text := base64.StdEncoding.EncodeToString(f.Data)
	for len(text) > 0 {
		n := min(76, len(text))
		if _, err := io.WriteString(p, text[:n]+"\r\n"); err != nil {
			return err
		}
		text = text[n:]
	}
	return nil
}
