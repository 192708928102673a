// Package test plays the main job against the built program from outside: the
// scripts in test/scripts talk to its API and command line only, as any other
// program could.
package test
