# make setup | demo | run | test | lint | bench | fuzz | catalogue - every target sets up what it needs by itself.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
ARGS ?=
# A chosen few tests start sooner in one process.
PARALLEL := $(if $(ARGS),,-n auto --dist loadfile)
SECONDS ?= 600

.PHONY: setup demo run test lint bench fuzz catalogue lock

setup: $(STAMP)

$(STAMP): pyproject.toml requirements.lock
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; say make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(STAMP)

demo: setup
	$(BIN)/shipworthy demo $(if $(KEEP),--keep)

run: setup
	set -a; if [ -f .env ]; then . ./.env; fi; set +a; HOST=$${HOST:-127.0.0.1} exec $(BIN)/shipworthy serve

test: setup
	$(BIN)/python -m pytest $(PARALLEL) $(ARGS)

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: setup
	$(BIN)/python -m tests.bench $(ARGS)

fuzz: setup
	$(BIN)/python -m tests.fuzz --seconds $(SECONDS) $(ARGS)

catalogue: setup
	$(BIN)/shipworthy rules --format markdown > analyzers/rules/README.md

# The locks name no index: pip asks the one it is configured for.
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header

lock: setup
	$(BIN)/$(COMPILE) --extra dev --output-file requirements.lock pyproject.toml
	$(BIN)/$(COMPILE) --extra server --extra postgres --output-file deploy/requirements.lock pyproject.toml
