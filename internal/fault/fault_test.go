package fault

import (
	"errors"
	"fmt"
	"testing"
)

func TestError_SentinelIsFoundThroughCopiesAndWrapping(t *testing.T) {
	sentinel := New(Conflict, "draft.moved")
	err := fmt.Errorf("save draft: %w", sentinel.With("version", 3).At("version").Wrap(errors.New("zero rows")))
	if !errors.Is(err, sentinel) {
		t.Fatal("the sentinel is not found by its code")
	}
	if KindOf(err) != Conflict || CodeOf(err) != "draft.moved" {
		t.Fatalf("kind %v code %q", KindOf(err), CodeOf(err))
	}
	if len(sentinel.Args) != 0 || sentinel.Err != nil || sentinel.Fields != nil {
		t.Fatal("the sentinel itself was changed")
	}
}

func TestFields_EmptyIsNoError(t *testing.T) {
	if err := (Fields{}).Err(); err != nil {
		t.Fatal(err)
	}
	err := Fields{"name": "name.required"}.Err()
	if KindOf(err) != Invalid || err.Error() != "form.invalid name=name.required" {
		t.Fatal(err)
	}
}
