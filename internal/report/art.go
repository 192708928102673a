package report

import (
	"kolega/internal/paper"
	"kolega/internal/paper/pptx"
)

// Art is what a painter needs besides the document: whose paper it is, for whom, and the
// pictures of posts by their hash.
type Art struct {
	Agency, Client paper.Look
	Pictures       map[string][]byte
}

// Look is the agency's logo in the client's colour, where it has one.
func (a Art) Look() paper.Look {
	l := a.Agency
	if a.Client.Color != "" {
		l.Color = a.Client.Color
	}
	return l
}

func (a Art) theme(name string) pptx.Theme {
	t := pptx.Theme{Name: name, Logo: a.Agency.Logo}
	if l := a.Look(); l.Color != "" {
		ground, on, words := l.Readable()
		t.Ground, t.OnBrand, t.Brand = pptx.Color(ground), pptx.Color(on), pptx.Color(words)
	}
	return t
}
