package secret

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"runtime"
	"strings"

	"golang.org/x/crypto/argon2"

	"kolega/internal/fault"
)

// Faults of passwords.
var (
	ErrPasswordShort = fault.New(fault.Invalid, "password.short") // arg: min
	ErrPasswordLong  = fault.New(fault.Invalid, "password.long")  // arg: max
)

// Bounds of a password in characters (ASVS 6.2): long enough to matter, short enough to hash.
const (
	PasswordMin = 12
	PasswordMax = 256
)

// Cost of one hash: 19 MiB, two passes, one lane (OWASP). hashing bounds how many run
// at once, so that many sign-ins wait instead of taking all memory.
const (
	argonMemory = 19 * 1024
	argonTime   = 2
	argonLanes  = 1
	argonSize   = 32
)

var hashing = make(chan struct{}, max(2, runtime.GOMAXPROCS(0)))

// HashPassword hashes a new password with argon2id in the PHC form, and waits for its
// turn until ctx ends. Faults: password.short, password.long.
func HashPassword(ctx context.Context, password string) (string, error) {
	switch n := len([]rune(password)); {
	case n < PasswordMin:
		return "", ErrPasswordShort.With("min", PasswordMin)
	case n > PasswordMax:
		return "", ErrPasswordLong.With("max", PasswordMax)
	}
	salt := make([]byte, 16)
	rand.Read(salt)
	key, err := derive(ctx, password, salt, argonTime, argonMemory, argonLanes, argonSize)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonTime, argonLanes,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(key)), nil
}

// CheckPassword says whether password is the one that was hashed. For an unknown person
// pass hashed = "": the same time passes and the answer is no.
func CheckPassword(ctx context.Context, hashed, password string) (bool, error) {
	if len(password) > 4*PasswordMax {
		password = ""
	}
	h, err := parseHash(hashed)
	known := err == nil
	if !known {
		if hashed != "" {
			return false, fmt.Errorf("check password: %w", err)
		}
		h = hash{memory: argonMemory, time: argonTime, lanes: argonLanes, salt: make([]byte, 16), key: make([]byte, argonSize)}
	}
	key, err := derive(ctx, password, h.salt, h.time, h.memory, h.lanes, uint32(len(h.key)))
	if err != nil {
		return false, err
	}
	return Equal(string(key), string(h.key)) && known, nil
}

// NeedsRehash says whether hashed was made with another cost than today's.
func NeedsRehash(hashed string) bool {
	h, err := parseHash(hashed)
	return err != nil || h.memory != argonMemory || h.time != argonTime || h.lanes != argonLanes || len(h.key) != argonSize
}

// derive runs argon2id when a place is free.
func derive(ctx context.Context, password string, salt []byte, time, memory uint32, lanes uint8, size uint32) ([]byte, error) {
	select {
	case hashing <- struct{}{}:
		defer func() { <-hashing }()
		return argon2.IDKey([]byte(password), salt, time, memory, lanes, size), nil
	case <-ctx.Done():
		return nil, fmt.Errorf("wait to hash a password: %w", ctx.Err())
	}
}

// hash is a stored password hash, taken apart.
type hash struct {
	memory, time uint32
	lanes        uint8
	salt, key    []byte
}

var errHash = errors.New("stored password hash is malformed")

func parseHash(s string) (hash, error) {
	var h hash
	parts := strings.Split(s, "$")
	if len(parts) != 6 || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return h, errHash
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &h.memory, &h.time, &h.lanes); err != nil {
		return h, errHash
	}
	if h.memory > 1<<20 || h.time == 0 || h.time > 32 || h.lanes == 0 {
		return h, errHash
	}
	var err error
	if h.salt, err = base64.RawStdEncoding.DecodeString(parts[4]); err != nil || len(h.salt) < 8 {
		return h, errHash
	}
	if h.key, err = base64.RawStdEncoding.DecodeString(parts[5]); err != nil || len(h.key) < 16 {
		return h, errHash
	}
	return h, nil
}
