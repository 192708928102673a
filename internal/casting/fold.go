package casting

import "strings"

// fold makes equal tags equal whatever their case and spaces.
func fold(tag string) string { return strings.ToLower(strings.Join(strings.Fields(tag), " ")) }
