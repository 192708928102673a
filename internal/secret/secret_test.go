package secret

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"kolega/internal/fault"
)

func opened(t *testing.T) *Box {
	t.Helper()
	b, err := Open(filepath.Join(t.TempDir(), "keys"))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestBox_OpensOnlyWhatItSealedForTheSameOwner(t *testing.T) {
	b := opened(t)
	rapid.Check(t, func(t *rapid.T) {
		plain, aad := rapid.String().Draw(t, "plain"), rapid.String().Draw(t, "aad")
		sealed, err := b.Seal(plain, aad)
		if err != nil {
			t.Fatal(err)
		}
		again, _ := b.Seal(plain, aad)
		if sealed == again || len(plain) > 8 && strings.Contains(sealed, plain) {
			t.Fatal("sealing shows something")
		}
		if back, err := b.Unseal(sealed, aad); err != nil || back != plain {
			t.Fatalf("%q became %q %v", plain, back, err)
		}
		if _, err := b.Unseal(sealed, aad+"x"); !errors.Is(err, ErrBroken) {
			t.Fatal("opened for another owner")
		}
	})
}

func TestBox_AnyChangedByteIsFound(t *testing.T) {
	b := opened(t)
	sealed, err := b.Seal("1234567890", "talent/1/account")
	if err != nil {
		t.Fatal(err)
	}
	for i := range len(sealed) {
		for _, c := range []byte("Aa0-._") {
			if sealed[i] == c {
				continue
			}
			altered := sealed[:i] + string(c) + sealed[i+1:]
			if _, err := b.Unseal(altered, "talent/1/account"); err == nil {
				t.Fatalf("byte %d as %q opened", i, c)
			}
		}
	}
	for _, bad := range []string{"", "k1", "k1.", ".", "k9.AAAA", sealed[:len(sealed)-1], sealed + "A"} {
		if _, err := b.Unseal(bad, "talent/1/account"); fault.KindOf(err) != fault.Internal || err == nil {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestOpen_MakesTheFileOnceForItsOwnerAlone(t *testing.T) {
	file := filepath.Join(t.TempDir(), "keys")
	var all sync.WaitGroup
	sealed := make([]string, 8)
	for i := range sealed {
		all.Go(func() {
			b, err := Open(file)
			if err != nil {
				t.Error(err)
				return
			}
			sealed[i], _ = b.Seal("x", "")
		})
	}
	all.Wait()
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatal(info.Mode(), err)
	}
	b, err := Open(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sealed {
		if _, err := b.Unseal(s, ""); err != nil {
			t.Errorf("two openers made two keys: %v", err)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(file), ".keys-*")); len(left) > 0 {
		t.Errorf("left behind %v", left)
	}
	if err := os.Chmod(file, 0o640); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(file); err == nil || !strings.Contains(err.Error(), "640") {
		t.Errorf("a file that others may read was opened: %v", err)
	}
}

func TestOpen_RefusesABrokenFile(t *testing.T) {
	for _, text := range []string{"", "# nothing\n", "k1 short\n", "k1 AAAA\n", "k1\n", "junk"} {
		file := filepath.Join(t.TempDir(), "keys")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(file); err == nil {
			t.Errorf("%q was opened", text)
		}
	}
	if _, err := Open(filepath.Join(t.TempDir(), "no", "folder", "keys")); err == nil {
		t.Error("a folder that is not there")
	}
}

func TestRotate_OldSealsStillOpen(t *testing.T) {
	b := opened(t)
	old, _ := b.Seal("account", "a")
	next, err := b.Rotate()
	if err != nil {
		t.Fatal(err)
	}
	fresh, _ := next.Seal("account", "a")
	if plain, err := next.Unseal(old, "a"); err != nil || plain != "account" {
		t.Error(err)
	}
	if !next.Stale(old) || next.Stale(fresh) || next.KeyID() == b.KeyID() {
		t.Error("which seals are stale")
	}
	if _, err := b.Unseal(fresh, "a"); !errors.Is(err, ErrNoKey) {
		t.Error(err)
	}
}

func TestNewToken_IsLongLowerAndStoredAsHash(t *testing.T) {
	seen := map[string]bool{}
	for range 1000 {
		token, hash := NewToken()
		if len(token) != 32 || strings.ToLower(token) != token || strings.ContainsAny(token, "0189=") || seen[token] {
			t.Fatalf("token %q", token)
		}
		seen[token] = true
		if Hash(" "+strings.ToUpper(token)+"\n") != hash || len(hash) != 64 || strings.Contains(hash, token) {
			t.Fatalf("hash %q", hash)
		}
	}
}

func TestCode_IsSixDigits(t *testing.T) {
	first := map[byte]int{}
	for range 2000 {
		c := Code()
		if len(c) != 6 || strings.Trim(c, "0123456789") != "" {
			t.Fatalf("code %q", c)
		}
		first[c[0]]++
	}
	if len(first) != 10 || first['0'] < 100 {
		t.Errorf("first digits %v", first)
	}
}

func TestPassword_IsCheckedAgainstItsHash(t *testing.T) {
	ctx := context.Background()
	hashed, err := HashPassword(ctx, "kopi pagi di Bandung")
	if err != nil || !strings.HasPrefix(hashed, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Fatal(hashed, err)
	}
	for password, want := range map[string]bool{"kopi pagi di Bandung": true, "kopi pagi di bandung": false, "": false, strings.Repeat("x", 5000): false} {
		if ok, err := CheckPassword(ctx, hashed, password); err != nil || ok != want {
			t.Errorf("%.30q: %v %v", password, ok, err)
		}
	}
	if ok, err := CheckPassword(ctx, "", "kopi pagi di Bandung"); ok || err != nil {
		t.Error("an unknown person", ok, err)
	}
	if ok, err := CheckPassword(ctx, "$argon2id$v=19$m=99999999,t=2,p=1$AAAAAAAAAAA$AAAA", "x"); ok || err == nil {
		t.Error("a hash that asks for too much memory")
	}
	if NeedsRehash(hashed) || !NeedsRehash(strings.Replace(hashed, "t=2", "t=1", 1)) {
		t.Error("which hashes are old")
	}
	if _, err := HashPassword(ctx, "short"); !errors.Is(err, ErrPasswordShort) {
		t.Error(err)
	}
	if _, err := HashPassword(ctx, strings.Repeat("x", 257)); !errors.Is(err, ErrPasswordLong) {
		t.Error(err)
	}
}

func TestPassword_WaitsItsTurnOnlyAsLongAsAsked(t *testing.T) {
	for range cap(hashing) {
		hashing <- struct{}{}
	}
	defer func() {
		for range cap(hashing) {
			<-hashing
		}
	}()
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := HashPassword(ctx, "kopi pagi di Bandung"); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestHidden_NeverShowsItself(t *testing.T) {
	h := Hide("rahasia-123")
	var log strings.Builder
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "key", h, "any", struct{ H Hidden }{h})
	data, err := json.Marshal(map[string]any{"h": h, "p": &h})
	if err != nil {
		t.Fatal(err)
	}
	all := fmt.Sprintf("%v %+v %#v %s %q %x", h, h, h, h, h, struct{ H Hidden }{h}) + log.String() + string(data)
	if strings.Contains(all, "rahasia") {
		t.Errorf("shown in %s", all)
	}
	if h.Reveal() != "rahasia-123" || h.Tail(3) != "***123" || Hide("1234").Tail(3) != "***" || !Hide("").IsZero() {
		t.Error("what it holds")
	}
}
