package demo

import "kolega/internal/custom"

// ownFields adds fields of the agency's own, once, and fills in some (B23).
func (r *run) ownFields() {
	if r.n > 0 {
		return
	}
	by := r.staff["maya"]
	add := func(of custom.Of, name string, kind custom.Kind, choices ...string) string {
		f, err := r.Custom.Add(r.ctx, by, custom.Field{Of: of, Name: name, Kind: kind, Choices: choices})
		r.note("field "+name, err)
		return f.ID
	}
	skin := add(custom.Talents, "Jenis kulit", custom.Choice, "Kering", "Berminyak", "Kombinasi")
	hijab := add(custom.Talents, "Berhijab", custom.YesNo)
	height := add(custom.Talents, "Tinggi (cm)", custom.Number)
	for handle, v := range map[string]map[string]string{
		"beasantillan": {skin: "Kering", hijab: "tidak", height: "163"},
		"sekarwuland":  {skin: "Kombinasi", hijab: "ya"},
		"dimasarka":    {height: "176"},
	} {
		r.note("fields of "+handle, r.Custom.Set(r.ctx, r.staff["bagas"], custom.Talents, r.talents[handle].ID, v))
	}
}
