# Nothing is needed first beyond Python 3.11 and make (and, as root on Debian or Ubuntu, what
# deploy/system-parts installs by itself).
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
RUN := $(BIN)/python

.PHONY: up down test lint drills image bench system system-tests clean
.DEFAULT_GOAL := up

up: $(VENV)/.runtime system ## set up everything and run the main job
	@exec $(RUN) manage.py up

down: $(VENV)/.runtime ## stop what `make up` started
	@$(RUN) manage.py down

test: $(VENV)/.development system-tests ## set up everything and run all tests
	@$(RUN) -m tests.pull
	@$(RUN) -m pytest -n 2 --dist loadfile --cov --cov-report=term:skip-covered --cov-report=html:tests/output/coverage
	@$(RUN) -m pytest tests/journeys -m "journey and not drill"

lint: $(VENV)/.development ## ruff, mypy and the walls of the house
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy edu
	$(BIN)/lint-imports --no-cache

drills: $(VENV)/.development system-tests ## what takes longer: kills, real services, soak
	@$(RUN) -m tests.pull
	@$(RUN) -m pytest tests -m drill

image: $(VENV)/.development ## build the container with podman, run it, get one cited answer
	@deploy/image

bench: $(VENV)/.development system-tests ## print every table of benchmarks/README.md
	@$(RUN) -m benchmarks

system:
	@deploy/system-parts run

system-tests:
	@deploy/system-parts test

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "edu needs Python 3.11 or newer; set PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.txt requirements-whisper.txt | $(VENV)/bin/python
	$(BIN)/pip install -q --disable-pip-version-check -r requirements.txt
	$(BIN)/pip install -q --disable-pip-version-check --no-deps -r requirements-whisper.txt
	@touch $@

$(VENV)/.development: $(VENV)/.runtime requirements-dev.txt
	$(BIN)/pip install -q --disable-pip-version-check -r requirements.txt -r requirements-dev.txt
	@touch $@

clean: ## remove the virtual environment and the caches, never var/
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache tests/output
