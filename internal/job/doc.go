// Package job carries out what a change has caused, after its commit.
//
// A use case leaves a job in its own transaction; nothing leaves the building
// before. A worker runs at least once, under a lease, so it must be safe to run
// twice: what it does outside carries a key, what it does inside looks first.
// Several subscribers of one kind each get their own job.
package job
