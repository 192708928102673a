// Package app is the hall: it reads flags and KOLEGA_* variables, opens the data
// folder, wires slices, jobs and doors together, and starts and stops them. It
// is the only room that reads the environment.
package app
