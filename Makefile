# Everything a person needs: make run, make test. The virtual environment follows the requirements by itself.
SHELL := /bin/bash
.DEFAULT_GOAL := help

PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin
RUN_STAMP := .venv/.requirements
TEST_STAMP := .venv/.test-requirements
EXTRAS := .venv-extras
EXTRAS_STAMP := $(EXTRAS)/.requirements
ON_CORES := --numprocesses auto --maxprocesses 4 --dist loadfile
# One process more than cores: tests of the browser and of commands wait for the processes that they start.
ON_ONE_MORE := --numprocesses $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1) --maxprocesses 5 --dist loadfile
# The longest files, those of the browser, are first in their own order: none is left alone at the end.
IN_ORDER := --no-loadscope-reorder
# Each test process has a core to itself: threads of its own would only wait for one another.
ONE_THREAD := OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
# Tests start servers and commands: none compiles our own modules anew, whatever the shell says.
COMPILED_ONCE := PYTHONDONTWRITEBYTECODE=
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: help install run test slow extras check bench

help: ## show these targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

install: $(RUN_STAMP) ## set up .venv from the pinned requirements.txt

run: $(RUN_STAMP) ## start the app on this machine and print its address
	$(BIN)/python -m streamlit run app.py --server.port $(PORT)

test: $(TEST_STAMP) ## run the tests, all but the slow ones
	$(ONE_THREAD) $(COMPILED_ONCE) $(BIN)/python -m pytest -m "not slow" $(ON_ONE_MORE) $(IN_ORDER)

slow: $(TEST_STAMP) extras ## run the slow tests: kills, hostile files, large batteries, the optional parts
	$(ONE_THREAD) $(COMPILED_ONCE) $(BIN)/python -m pytest -m slow $(ON_CORES)

extras: $(EXTRAS_STAMP) ## run the tests of the optional parts: Ray, sign-in, databases and shop systems
	$(ONE_THREAD) $(COMPILED_ONCE) $(EXTRAS)/bin/python -m pytest tests/extras $(ON_CORES)

check: $(TEST_STAMP) ## look for faults of style, layering, order and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/python .ci/house.py
	$(BIN)/mypy

bench: $(TEST_STAMP) $(if $(PEERS),.venv-bench/.requirements .venv-bench-orange/.requirements) ## measure speed and memory (STAGE=intake, SIZES="1000000 5000000", PEERS=1)
	@for file in tests/benchmarks/bench_$(or $(STAGE),*).py; do \
	PYTHONPATH=. SIZES="$(SIZES)" JSON="$(JSON)" $(BIN)/python $$file || exit 1; done

.venv-bench/.requirements: tests/benchmarks/requirements.txt
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

.venv-bench-orange/.requirements: tests/benchmarks/requirements-orange.txt
	$(PYTHON) -m venv .venv-bench-orange
	.venv-bench-orange/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -r $<
	@touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	{ echo "Tessera needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version). Try: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

$(RUN_STAMP): requirements.txt | $(BIN)/python
	@echo "Installing what requirements.txt pins into .venv (about 2 GB, once) …"
	$(PIP) -r requirements.txt
	@touch $@

$(TEST_STAMP): tests/requirements.txt requirements.txt | $(BIN)/python
	@echo "Installing what tests/requirements.txt pins into .venv …"
	$(PIP) -r tests/requirements.txt
	@touch $@ $(RUN_STAMP)

# The optional parts lie over .venv, so that its tests cannot come to need them.
$(EXTRAS_STAMP): tests/requirements-extras.txt requirements-ray.txt requirements-people.txt requirements-connect.txt $(TEST_STAMP)
	@echo "Installing what tests/requirements-extras.txt pins into $(EXTRAS) …"
	$(BIN)/python -m venv $(EXTRAS)
	$(BIN)/python -c 'import site; print(site.getsitepackages()[0])' > "$$($(EXTRAS)/bin/python -c 'import site; print(site.getsitepackages()[0])')/base.pth"
	$(EXTRAS)/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@
