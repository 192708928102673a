package api

import (
	"context"
	"net/http"

	"kolega/internal/access"
	"kolega/internal/custom"
)

// FieldIn is a field of the agency's own as given by a program.
type FieldIn struct {
	Of      string   `json:"of" enum:"talent,client"`
	Name    string   `json:"name"`
	Kind    string   `json:"kind" enum:"text,number,date,choice,yes-no"`
	Choices []string `json:"choices,omitempty" doc:"of the kind choice, at least two"`
}

type fieldOut struct {
	ID string `json:"id"`
	FieldIn
	Version int64 `json:"version"`
}

func fieldWire(f custom.Field) fieldOut {
	return fieldOut{f.ID, FieldIn{string(f.Of), f.Name, string(f.Kind), f.Choices}, f.Version}
}

type fieldsIn struct {
	Of string `query:"of" required:"true" enum:"talent,client"`
}

type newFieldIn struct{ Body FieldIn }

type editFieldIn struct {
	ID
	Body struct {
		Name    string   `json:"name"`
		Choices []string `json:"choices,omitempty"`
		Version int64    `json:"version" doc:"the version that was seen"`
	}
}

type dropFieldIn struct {
	ID
	Body struct {
		Version int64 `json:"version" doc:"the version that was seen"`
	}
}

type valuesIn struct {
	ID
	Body struct {
		Values map[string]string `json:"values" doc:"by field id; one left out stays, an empty one is emptied"`
	}
}

type valuesOut struct {
	Values map[string]string `json:"values" doc:"by field id: numbers with a point, dates as YYYY-MM-DD, yes or no"`
}

func registerCustom(a *API) {
	op(a, http.MethodGet, "/custom-fields", "access.self", "The agency's own fields of talents or of clients", func(ctx context.Context, actor access.Actor, in *fieldsIn) (Page[fieldOut], error) {
		all, err := a.Custom.Fields(ctx, actor, custom.Of(in.Of))
		return Page[fieldOut]{Items: list(all, fieldWire)}, err
	})
	op(a, http.MethodPost, "/custom-fields", "access.settings", "Add a field", func(ctx context.Context, actor access.Actor, in *newFieldIn) (fieldOut, error) {
		b := in.Body
		f, err := a.Custom.Add(ctx, actor, custom.Field{Of: custom.Of(b.Of), Name: b.Name, Kind: custom.Kind(b.Kind), Choices: b.Choices})
		return fieldWire(f), err
	})
	op(a, http.MethodPut, "/custom-fields/{id}", "access.settings", "Change a field's name and choices", func(ctx context.Context, actor access.Actor, in *editFieldIn) (doneOut, error) {
		return acted(a.Custom.Edit(ctx, actor, custom.Field{ID: in.ID.ID, Name: in.Body.Name, Choices: in.Body.Choices, Version: in.Body.Version}))
	})
	op(a, http.MethodPost, "/custom-fields/{id}/drop", "access.settings", "Take a field out of use", func(ctx context.Context, actor access.Actor, in *dropFieldIn) (doneOut, error) {
		return acted(a.Custom.Drop(ctx, actor, in.ID.ID, in.Body.Version))
	})
	for _, of := range []struct {
		path      string
		of        custom.Of
		see, edit access.Verb
	}{{"/talents/{id}/fields", custom.Talents, "talent.see", "talent.edit"}, {"/clients/{id}/fields", custom.Clients, "client.see", "client.edit"}} {
		op(a, http.MethodGet, of.path, of.see, "What a record has in the agency's own fields", func(ctx context.Context, actor access.Actor, in *ID) (valuesOut, error) {
			s, err := a.Custom.Sheet(ctx, actor, of.of, in.ID)
			if s.Values == nil {
				s.Values = map[string]string{}
			}
			return valuesOut{s.Values}, err
		})
		op(a, http.MethodPut, of.path, of.edit, "Fill in the agency's own fields", func(ctx context.Context, actor access.Actor, in *valuesIn) (doneOut, error) {
			return acted(a.Custom.Set(ctx, actor, of.of, in.ID.ID, in.Body.Values))
		})
	}
}
