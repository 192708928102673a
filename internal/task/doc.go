// Package task keeps what people of the agency have promised each other: who does
// what until when, what "done" means, what must come first, and who is away.
//
// A task's state is computed from facts (A67). A due date stands in the doer's zone
// and calendar (R8): one on a holiday moves to the next working day, and whoever
// gives the task is told. Higher slices give tasks through Give in their own change,
// each under an origin of its own, so that running twice gives one task.
package task
