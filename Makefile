# Kolega. `make help` lists what there is.
SHELL := /bin/bash
GO ?= go
TEMPL = $(GO) tool -modfile=tools/go.mod templ
LINT = $(GO) tool -modfile=tools/lint/go.mod golangci-lint

.PHONY: help run demo build test check lint generate verify bench assets

help: ## what there is
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: ## serve your own agency from ./kolega-data
	$(GO) run ./cmd/kolega serve

demo: ## serve the demo agency
	$(GO) run ./cmd/kolega serve --demo --data $$(mktemp -d)

build: ## one static binary in bin/
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags "-s -w" -gcflags "kolega/internal/web/...=-l" -o bin/kolega ./cmd/kolega

test: ## quick tests: SQLite, no browser
	KOLEGA_TEST_DB=sqlite $(GO) test ./internal/... ./cmd/...

check: ## everything that CI runs; installs what the tests need where it can
	./tools/check

lint: ## golangci-lint with the reasons in .golangci.yml
	$(LINT) run ./...

generate: ## templates, lists of faults and rights, database dumps
	$(TEMPL) generate -path internal/web
	$(GO) run -C tools ./slim ../internal/web
	gofmt -w $$(git ls-files '*_templ.go')
	$(GO) test ./internal/laws -update

assets: ## bundle css, scripts and icons (needs Node)
	cd internal/web/src && npm ci --ignore-scripts --no-audit --no-fund
	$(GO) -C tools run ./bundle

verify: ## generated files are what their sources say
	./tools/verify

bench: ## measure the workloads and print them beside their goals
	./bench/run
