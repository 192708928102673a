// Package demo plays the demo agency: the six campaigns that the playbooks come
// from, lived through the same use cases that people use, with a clock that
// moves over the weeks before the present.
//
// Its words. A play fills an empty house. A script is one campaign's story, a row
// of scenes; a scene happens at an instant, and the scenes of all scripts are
// played in the order of time, so that the trail reads like a real one. Between
// two instants the jobs that fell due are done.
//
// Its laws. Nothing is written past a use case, so what is shown is what the
// program can do; every act is done by a person who may do it, on a room link
// where the person is outside. Brands are real, people and figures are invented.
// The same present gives the same content; ids and secrets differ.
//
// Only the hall and tests may import it; it may use every slice.
package demo
