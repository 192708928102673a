package talent

import (
	"net/mail"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// PhoneOf reads a phone number as people write it and returns E.164. Six forms
// are one number: "0812-3456-7890", "+62 812 3456 7890", "62812…", "812…" (the
// leading zero lost in a spreadsheet), "(0812) 3456 7890" and "0062812…". The
// country decides numbers without a country code; "" means Indonesia.
// Fault talent.phone-wrong.
func PhoneOf(typed, country string) (string, error) {
	if country == "" {
		country = "ID"
	}
	s := strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(typed), "'`"))
	s = strings.NewReplacer("\u00a0", " ", "\u2011", "-", "\u2013", "-", "＋", "+").Replace(s)
	if i := strings.IndexByte(s, ':'); i >= 0 && strings.Trim(strings.ToLower(s[:i]), " .") != "" && !strings.ContainsAny(s[:i], "0123456789") {
		s = strings.TrimSpace(s[i+1:]) // "WA: 0812…"
	}
	for _, link := range []string{"https://", "http://", "wa.me/", "api.whatsapp.com/send?phone="} {
		s = strings.TrimPrefix(s, link)
	}
	digits := onlyDigits(s)
	if strings.Trim(s, "0123456789+-() ./") != "" || len(digits) < 6 || len(digits) > 16 {
		return "", FaultPhone
	}
	if whole, frac, ok := strings.Cut(s, "."); ok && strings.Trim(frac, "0") == "" && len(frac) <= 2 && strings.Trim(whole, "0123456789") == "" {
		s, digits = whole, whole // "6281234567890.0" from a number cell
	}
	if n, ok := indonesianMobile(s, digits, country); ok {
		return n, nil
	}
	for _, try := range []string{s, "+" + digits, "+" + strings.TrimPrefix(digits, "00")} {
		if try == "+"+digits && strings.HasPrefix(digits, "0") {
			continue
		}
		n, err := phonenumbers.Parse(try, country)
		if err == nil && phonenumbers.IsValidNumber(n) {
			return phonenumbers.Format(n, phonenumbers.E164), nil
		}
	}
	return "", FaultPhone
}

// indonesianMobile reads a mobile number of Indonesia by its form alone: operators
// open new ranges before any table of them knows. 8, a digit from 1 to 9, and 7 to
// 10 more, after 0, 62, +62, 0062 or nothing.
func indonesianMobile(typed, digits, country string) (string, bool) {
	rest, abroad := digits, strings.HasPrefix(typed, "+")
	for _, prefix := range []string{"0062", "62"} {
		if cut, ok := strings.CutPrefix(digits, prefix); ok {
			rest, country = strings.TrimPrefix(cut, "0"), "ID"
			break
		}
	}
	if rest == digits {
		if abroad {
			return "", false
		}
		rest = strings.TrimPrefix(digits, "0")
	}
	if country != "ID" || len(rest) < 9 || len(rest) > 12 || rest[0] != '8' || rest[1] == '0' {
		return "", false
	}
	return "+62" + rest, true
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

func isE164(s string) bool {
	if n, ok := indonesianMobile(s, onlyDigits(s), ""); ok {
		return n == s
	}
	n, err := phonenumbers.Parse(s, "")
	return err == nil && phonenumbers.IsValidNumber(n) && phonenumbers.Format(n, phonenumbers.E164) == s
}

// EmailOf reads one e-mail address and lowers it. A second address, a display
// name or a line break is refused. Fault talent.email-wrong.
func EmailOf(typed string) (string, error) {
	s := strings.ToLower(strings.TrimPrefix(strings.TrimSpace(typed), "mailto:"))
	if !isEmail(s) {
		return "", FaultEmail
	}
	return s, nil
}

func isEmail(s string) bool {
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s || len(s) > 254 || strings.ContainsAny(s, " \r\n\t") {
		return false
	}
	_, domain, _ := strings.Cut(s, "@")
	return strings.Contains(domain, ".")
}
