package secret

import "log/slog"

// Hidden is text that does not show itself in logs, errors, JSON or templates. Reveal
// gives it, at the one place that needs it.
type Hidden struct{ text string }

const mask = "***"

// Hide wraps a secret.
func Hide(text string) Hidden { return Hidden{text} }

// Reveal gives the secret.
func (h Hidden) Reveal() string { return h.text }

// IsZero says whether there is none.
func (h Hidden) IsZero() bool { return h.text == "" }

// String, GoString, LogValue, MarshalText and MarshalJSON all show the mask.
func (h Hidden) String() string { return mask }

// GoString shows the mask.
func (h Hidden) GoString() string { return mask }

// LogValue shows the mask.
func (h Hidden) LogValue() slog.Value { return slog.StringValue(mask) }

// MarshalText shows the mask.
func (h Hidden) MarshalText() ([]byte, error) { return []byte(mask), nil }

// UnmarshalText takes the secret, as from a setting.
func (h *Hidden) UnmarshalText(text []byte) error {
	h.text = string(text)
	return nil
}

// Tail shows the last n characters behind the mask, as of an account number, if the
// secret is at least twice as long.
func (h Hidden) Tail(n int) string {
	runes := []rune(h.text)
	if n <= 0 || len(runes) < 2*n {
		return mask
	}
	return mask + string(runes[len(runes)-n:])
}
