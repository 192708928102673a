package ui

import (
	"encoding/json"
	"path"
	"strconv"
	"strings"

	"rsc.io/qr"
)

func fileIcon(name string) string {
	switch strings.ToLower(path.Ext(name)) {
	case ".mp4", ".mov", ".m4v", ".webm", ".avi", ".mkv":
		return "video"
	case ".jpg", ".jpeg", ".png", ".webp", ".heic", ".gif":
		return "image"
	case ".xlsx", ".csv", ".xls", ".ods":
		return "sheet"
	}
	return "file"
}

// meta is the upload's metadata as JSON; a map of texts always encodes.
func (u Upload) meta() string {
	if len(u.Meta) == 0 {
		return "{}"
	}
	b, err := json.Marshal(u.Meta)
	if err != nil {
		return "{}"
	}
	return string(b)
}

// qrPath draws the dark modules, joined along each row, with the four modules of quiet zone the standard asks for.
func qrPath(code *qr.Code) string {
	var b strings.Builder
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			if !code.Black(x, y) {
				continue
			}
			from := x
			for x+1 < code.Size && code.Black(x+1, y) {
				x++
			}
			n := strconv.Itoa(x - from + 1)
			b.WriteString("M" + strconv.Itoa(from+4) + " " + strconv.Itoa(y+4) + "h" + n + "v1h-" + n + "z")
		}
	}
	return b.String()
}
