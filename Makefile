# Kring. `make run` shows it, `make test` proves it, `make check` holds the house, `make bench` measures.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test check bench setup setup-dev browser docs wheel format

PORT ?= 8000
PYTHON := .venv/bin/python
KRING := $(PYTHON) -m kring
WORKERS ?= $(shell nproc 2>/dev/null || echo 2)
PYTEST := $(PYTHON) -m pytest -n $(WORKERS) --dist worksteal
export PORT

help:
	@echo "make run    set up everything and serve Kring with a demo organisation on http://127.0.0.1:$(PORT)"
	@echo "make test   set up everything and run every test, browser journeys included"
	@echo "make check  lint, types, contracts, migrations, translations, PostgreSQL and Redis, the wheel"
	@echo "make bench  the benchmarks, beside a bare server"
	@echo "make wheel  the package to install on a server (dist/)"
	@echo "make docs   write docs/permissions.md and docs/states.md anew"
	@echo "make format put code and templates in the house style"

setup:
	@.ci/setup run

setup-dev:
	@.ci/setup dev

run: export KRING_DEMO ?= 1
run: setup
	@$(KRING) prepare
	@echo "» Kring is at http://127.0.0.1:$(PORT) ; log in at http://127.0.0.1:$(PORT)/account/login/"
	@if $(KRING) help serve >/dev/null 2>&1; then exec $(KRING) serve; \
	else exec $(PYTHON) -m uvicorn kring.asgi:application --port $(PORT) --timeout-graceful-shutdown 3; fi

browser:
	@.ci/browser

test: setup-dev browser
	@$(KRING) prepare --files
	$(PYTEST)

check: setup-dev browser
	@.ci/check

bench: setup-dev
	@$(KRING) prepare --files
	$(PYTHON) -m bench

wheel: setup-dev
	@$(KRING) prepare --files
	@rm -rf dist && $(PYTHON) -m build --wheel --no-isolation --outdir dist .

docs: setup-dev
	@$(PYTHON) -m tests.matrix
	@$(PYTHON) -m tests.rehearsal.states

format: setup-dev
	@$(PYTHON) -m ruff check -q --fix . && $(PYTHON) -m ruff format -q .
