# Each target works on a fresh machine with Python 3.11 or later and make; uv comes from PyPI.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
UV      = VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv sync --quiet --frozen --active --inexact

.PHONY: setup run test check bench chaos eval audit format

setup: $(VENV)/.ready

$(VENV)/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed; name it: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "Python's venv is needed; on Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

# What runs: the product, and a Redis for the demo.
$(VENV)/.ready: pyproject.toml uv.lock | $(VENV)/bin/uv
	@$(UV)
	@touch $@

# What tests, checks and measures need besides.
$(VENV)/.tested: pyproject.toml uv.lock | $(VENV)/bin/uv
	@$(UV) --group dev
	@touch $@ $(VENV)/.ready

run: setup
	@$(BIN)/lapor-bot demo

test: $(VENV)/.tested
	@$(BIN)/python -m pytest

check: $(VENV)/.tested
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lapor-bot check

bench: $(VENV)/.tested
	@$(BIN)/python -m tests.bench

# Every fault at length, an hour or so; options: make chaos CHAOS=--quick
chaos: $(VENV)/.tested
	@$(BIN)/python -m tests.faults $(CHAOS)

eval: $(VENV)/.tested
	@$(BIN)/python -m tests.eval

# Known weaknesses of the locked dependencies; without a network it says so. The code itself is read by make check:
# ruff's rules named S are those of bandit.
audit: $(VENV)/.tested
	@$(BIN)/python -m tests.audit

format: $(VENV)/.tested
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .
