// Package command reads a command line into structs and explains it.
//
// Words. A struct is a command; its exported fields are what it knows: a field with
// cmd:"" is a command below it, one with arg:"" takes the next word, every other one is
// a flag named like it (LogLevel is --log-level). An embedded struct lends its fields.
// The tags of a field:
//
//	help         the sentence that explains it
//	name, short  another name; a letter that means the same
//	default, env the value without the flag: a variable of that name goes before default
//	enum         the only values, with commas
//	required     must be given
//	type         path: made absolute; existingfile: must be a file besides
//	placeholder  what stands for the value in the explanation
//
// Laws. The environment is asked through a function that the caller gives. The package
// names no method by reflection, so that the linker can leave out what no one calls.
// It imports nothing of Kolega.
package command
