# Everything that is done with a checkout. `make` alone lists it.
PYTHON ?= python3
PORT ?= 8000
JOBS ?= 2
COUNT ?=

RUN := .venv/bin/python -m
EXPORT := .venv/bin/uv export --quiet --frozen --format requirements-txt --extra postgres --extra documents --no-emit-project --no-header --no-annotate
WATCHED := coverage report --fail-under=100 --include='tracker/actions/**/*.py,tracker/policy/**/*.py,tracker/audit/doors.py,tracker/audit/appending.py,tracker/audit/flushes.py,tracker/web/guard.py'
SOURCES := tracker tests templates static pyproject.toml requirements-dev.lock

unexport PYTHONDONTWRITEBYTECODE  # the tests start the program a hundred times: it need not be compiled each time

.DEFAULT_GOAL := help
.PHONY: help install demo test check lint types templates walks journeys postgresql covered full faults bench lock vendor tour migration golden clean dev

help: ## list what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "make %-16s %s\n", $$1, $$2 }'

install: ## make .venv and install the tracker into it (PYTHON=python3.12 chooses the Python)
	@$(PYTHON) bootstrap.py

dev: ## the same, with the tools of the tests
	@$(PYTHON) bootstrap.py --dev

demo: install ## serve a throw-away instance with three example cases (PORT=8000)
	@.venv/bin/tracker demo --port $(PORT)

test: dev ## all that a change needs, in about four minutes: everything on SQLite, and a short journey in a browser (JOBS=2; COUNT=yes counts what it reaches)
	@rm -f $(if $(COUNT),.coverage .coverage.*)
	TRACKER_TEST_ON=sqlite $(RUN) $(if $(COUNT),coverage run -m )pytest -n $(JOBS) -m "not gate and not full"
	@$(if $(COUNT),$(RUN) coverage combine --quiet)

check: lint types templates covered ## the gate: what is asked of a change beside `make test`
	@$(MAKE) --jobs=2 $(if $(filter output-sync,$(.FEATURES)),--output-sync=target) walks journeys
	@$(MAKE) postgresql

walks: dev ## what is for the gate alone: packages, locked lists, the longest walks
	TRACKER_TEST_ON=sqlite $(RUN) pytest -n $(JOBS) -m "gate and not browser and not full"

journeys: dev ## the other journeys in a real Chromium, in one process
	TRACKER_TEST_ON=sqlite $(RUN) pytest -m "gate and browser and not full"

postgresql: dev ## the tests on PostgreSQL: TRACKER_TEST_DATABASE_URL, an installed server, or the one of a wheel
	TRACKER_TEST_ON=postgresql $(RUN) tests.machinery.database $(RUN) pytest -n $(JOBS) -m "not browser and not full"

lint: dev
	$(RUN) ruff check .
	$(RUN) ruff format --check .

types: dev
	$(RUN) mypy

templates: dev
	$(RUN) djlint --lint --quiet templates

covered: dev ## 100 % branches of what must not be wrong; runs the tests again only when something changed since
	@if [ ! -f .coverage ] || [ -n "$$(find $(SOURCES) -type f -newer .coverage ! -path '*/__pycache__/*' -print -quit)" ]; \
		then $(MAKE) test COUNT=yes; fi
	$(RUN) $(WATCHED)

full: dev bench ## the sizes of real life: tests of a million rows, every case of a test on PostgreSQL, and the benchmarks
	$(RUN) pytest -m full -o faulthandler_timeout=0
	TRACKER_TEST_FULL=1 $(MAKE) postgresql

faults: dev ## kills, restarts, full disks and slow visitors, at full size
	TRACKER_TEST_FULL=1 TRACKER_TEST_ON=sqlite $(RUN) pytest tests/faults -m "" -o faulthandler_timeout=0
	TRACKER_TEST_FULL=1 TRACKER_TEST_ON=postgresql $(RUN) tests.machinery.database $(RUN) pytest tests/faults -m "" -o faulthandler_timeout=0

bench: dev ## the benchmarks
	$(RUN) benchmarks

lock: dev ## write the locked lists anew from pyproject.toml (needs the package index; UPGRADE=--upgrade for newer ones)
	.venv/bin/uv lock --quiet $(UPGRADE)
	$(EXPORT) --no-dev --group build --output-file requirements.lock > /dev/null
	$(EXPORT) --group dev --output-file requirements-dev.lock > /dev/null
	$(RUN) pytest -q tests/house/test_locks.py

vendor: dev ## fetch the pinned front-end files anew (needs Node)
	$(RUN) scripts.vendor

migration: dev ## write the migration that leads to the models as they are (NAME="a column more"); then read it
	$(RUN) scripts.migration "$(NAME)"

golden: dev ## keep a register of this version, on both databases, in tests/golden (VERSION=0.1.0)
	TRACKER_TEST_ON=sqlite $(RUN) scripts.golden "$(VERSION)"
	TRACKER_TEST_ON=postgresql $(RUN) tests.machinery.database $(RUN) scripts.golden "$(VERSION)"

tour: dev ## take the pictures of docs/tour.md anew (needs Chromium; pngquant makes them small)
	$(RUN) scripts.tour

clean: ## remove what was built and installed; instance/ stays
	rm -rf .venv build dist .coverage .coverage.* .mypy_cache .pytest_cache .ruff_cache .hypothesis pictures
	find tracker tests -name __pycache__ -type d -prune -exec rm -rf {} +
