package secret

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"math/big"
	"strings"
)

var tokenAlphabet = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// NewToken draws a secret for a link, 160 bits as 32 small letters and digits, and the
// hash under which it is stored. The token itself is shown once and never stored.
func NewToken() (token, hash string) {
	raw := make([]byte, 20)
	rand.Read(raw) // never fails: the program stops if the system has no randomness
	token = tokenAlphabet.EncodeToString(raw)
	return token, Hash(token)
}

// Hash is what is stored and looked up in place of a token. People may type a token in
// capitals or with spaces around it.
func Hash(token string) string {
	sum := sha256.Sum256([]byte(strings.ToLower(strings.TrimSpace(token))))
	return hex.EncodeToString(sum[:])
}

// Code draws six digits for a second step; every code is equally likely.
func Code() string {
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		panic("secret: no randomness: " + err.Error())
	}
	return fmt.Sprintf("%06d", n)
}

// Equal compares two secrets in a time that does not depend on where they differ.
func Equal(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }
