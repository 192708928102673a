package secret

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"strings"

	"kolega/internal/fault"
)

// Faults of unsealing: both are ours, never the reader's.
var (
	ErrNoKey  = fault.New(fault.Internal, "secret.no-key")  // sealed under a key that the file lacks; arg: key
	ErrBroken = fault.New(fault.Internal, "secret.altered") // changed, cut, or bound to something else
)

const keySize = 32

// Box seals and unseals text. Safe for concurrent use.
type Box struct {
	file    string
	keys    map[string]cipher.AEAD
	current string
}

// New makes a Box of one key, for tests and short-lived secrets: it has no file.
func New(key [keySize]byte) *Box {
	return &Box{keys: map[string]cipher.AEAD{"k1": mustAEAD(key[:])}, current: "k1"}
}

// mustAEAD builds AES-256-GCM; it cannot fail for a key of this size.
func mustAEAD(key []byte) cipher.AEAD {
	block, err := aes.NewCipher(key)
	if err != nil {
		panic("secret: " + err.Error())
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic("secret: " + err.Error())
	}
	return aead
}

// KeyID names the key that Seal uses now.
func (b *Box) KeyID() string { return b.current }

// Seal encrypts plain and binds it to aad, such as "talent/ID/account": unsealing needs
// the same aad, so a sealed text moved to another row does not open. Sealing twice gives
// two different texts. The text is "KEYID.BASE64URL".
func (b *Box) Seal(plain, aad string) (string, error) {
	aead, ok := b.keys[b.current]
	if !ok {
		return "", ErrNoKey.With("key", b.current)
	}
	sealed := aead.Seal(nil, nil, []byte(plain), []byte(b.current+"|"+aad))
	return b.current + "." + base64.RawURLEncoding.EncodeToString(sealed), nil
}

// Unseal gives back what was sealed with the same aad. Faults: secret.no-key, secret.altered.
func (b *Box) Unseal(sealed, aad string) (string, error) {
	id, body, _ := strings.Cut(sealed, ".")
	aead, ok := b.keys[id]
	if !ok {
		return "", ErrNoKey.With("key", id)
	}
	data, err := base64.RawURLEncoding.Strict().DecodeString(body)
	if err != nil {
		return "", ErrBroken.Wrap(err)
	}
	plain, err := aead.Open(nil, nil, data, []byte(id+"|"+aad))
	if err != nil {
		return "", ErrBroken.Wrap(err)
	}
	return string(plain), nil
}

// Stale says whether a sealed text was sealed under an older key and should be sealed again.
func (b *Box) Stale(sealed string) bool {
	id, _, _ := strings.Cut(sealed, ".")
	return id != b.current
}

func newKey() ([]byte, error) {
	key := make([]byte, keySize)
	if _, err := rand.Read(key); err != nil {
		return nil, fmt.Errorf("draw a key: %w", err)
	}
	return key, nil
}
