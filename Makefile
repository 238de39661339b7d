# The commands of daily work. `make help` lists them.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules

STAMPS := target/stamps
RUST_SOURCES := Cargo.toml Cargo.lock $(shell find crates data xtask -not -path '*/target/*')
WEB := $(wildcard web/package.json)
WEB_SOURCES := $(if $(WEB),$(shell find web -not -path '*/node_modules*' -not -path '*/.svelte-kit*' -not -path 'web/dist*' \
	-not -path '*/test-results*' -not -path '*/playwright-report*'))
# Without its output a stamp is worth nothing.
ifeq ($(wildcard target/release/raquan),)
$(shell rm -f $(STAMPS)/raquan)
endif
ifeq ($(wildcard web/dist/*.html),)
$(shell rm -f $(STAMPS)/web)
endif
ifeq ($(wildcard web/node_modules/.package-lock.json),)
$(shell rm -f $(STAMPS)/npm)
endif

.PHONY: help
help: ## list these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.PHONY: run
run: $(STAMPS)/raquan ## build what is not up to date, then start with the five campaigns on var/raquan.db
	@mkdir -p var
	@exec target/release/raquan --database sqlite:var/raquan.db serve --demo

.PHONY: build
build: $(STAMPS)/raquan ## build the web app and the release binary, target/release/raquan

.PHONY: web
web: $(STAMPS)/web ## build the web app into web/dist

.PHONY: test
test: ## install what tests need and run everything that must be green
	@scripts/install-test-needs
	@scripts/with-postgres scripts/test

.PHONY: check
check: ## the quick part: format, repository rules, clippy
	@cargo fmt --check
	@cargo run --quiet --package xtask -- check
	@cargo clippy --quiet --workspace --all-targets -- --deny warnings

.PHONY: generate
generate: ## write openapi.json and the web client's types anew from the code
	@cargo run --quiet --package raquan -- openapi > $(STAMPS)/openapi.json
	@mv $(STAMPS)/openapi.json openapi.json
	@cd web && npm run generate

.PHONY: fmt
fmt: ## format all sources
	@cargo fmt
	@cd web && npm run format

.PHONY: clean-data
clean-data: ## throw away the database that `make run` made
	@rm -rf var

$(STAMPS)/tools: scripts/need-tools Cargo.toml
	@mkdir -p $(@D)
	@scripts/need-tools
	@touch $@

# The npm packages and the crates come over the network; both at once.
$(STAMPS)/npm: web/package.json web/package-lock.json | $(STAMPS)/tools
	@echo "== Fetch npm packages and crates"
	@cargo fetch --quiet --locked & fetch=$$!; \
		(cd web && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund); \
		wait $$fetch
	@touch $@

$(STAMPS)/web: $(STAMPS)/npm $(WEB_SOURCES)
	@echo "== Build the web app"
	@cd web && npm run build
	@touch $@

$(STAMPS)/raquan: $(if $(WEB),$(STAMPS)/web) $(RUST_SOURCES) | $(STAMPS)/tools
	@echo "== Build the program"
	@cargo build --release --locked --package raquan
	@touch $@
