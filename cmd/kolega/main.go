// Command kolega runs an influencer marketing agency: see kolega --help.
package main

import (
	"os"

	"kolega/internal/app"
)

func main() { os.Exit(app.Run(os.Args[1:], os.Stdout, os.Stderr)) }
