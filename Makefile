# The commands of daily work. `make help` lists them.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules

STAMPS := target/stamps
# $(call stale,STAMP,OUTPUT,SOURCES…): FORCE if the output is not there, or a source is newer than the stamp.
# (Sources are not listed as prerequisites, because make takes the parentheses of a route's folder for its own.)
stale = $(if $(wildcard $(2)),$(shell find $(3) -newer $(STAMPS)/$(1) -print -quit 2>&1 | sed 's/.*/FORCE/'),FORCE)
# What the build writes itself.
WEB_OUTPUT := \( -name node_modules -o -name .svelte-kit -o -path web/dist -o -name test-results -o -name playwright-report \)

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
generate: $(STAMPS)/npm ## write openapi.json, the web client's types and the page of the law's numbers anew from the code
	@cargo run --quiet --package xtask -- policy-reference
	@cargo run --quiet --package raquan -- openapi > $(STAMPS)/openapi.json
	@mv $(STAMPS)/openapi.json openapi.json
	@cd web && npm run --silent generate

.PHONY: fmt
fmt: $(STAMPS)/npm ## format all sources
	@cargo fmt
	@cd web && npm run --silent format

.PHONY: clean-data
clean-data: ## throw away the database that `make run` made
	@rm -rf var

$(STAMPS)/tools: scripts/need-tools Cargo.toml
	@mkdir -p $(@D)
	@scripts/need-tools
	@touch $@

# The npm packages and the crates come over the network; both at once.
$(STAMPS)/npm: $(call stale,npm,web/node_modules/.package-lock.json,web/package-lock.json) | $(STAMPS)/tools
	@echo "== Fetch npm packages and crates"
	@cargo fetch --quiet --locked --target $$(rustc -vV | sed -n 's/host: //p') & fetch=$$!; \
		(cd web && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund); \
		wait $$fetch
	@touch $@

# A stamp is as old as the beginning of its build, so that what is changed meanwhile counts as newer.
$(STAMPS)/web: $(STAMPS)/npm $(call stale,web,web/dist/*.html,web -mindepth 1 $(WEB_OUTPUT) -prune -o)
	@echo "== Build the web app"
	@touch $@.begun
	@cd web && npm run --silent build
	@mv $@.begun $@

$(STAMPS)/raquan: $(STAMPS)/web $(call stale,raquan,target/release/raquan,Cargo.toml Cargo.lock crates data)
	@echo "== Build the program"
# The web app is embedded when this source is compiled, and cargo does not look for new files of it.
	@if [ ! -e $@ -o $(STAMPS)/web -nt $@ ]; then touch crates/raquan/src/api/web_app.rs; fi
	@touch $@.begun
	@cargo build --release --locked --package raquan
	@mv $@.begun $@

.PHONY: FORCE
FORCE:
