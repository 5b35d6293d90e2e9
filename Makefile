# Ruamban. `make help` says what there is. Needs python3 (3.11 to 3.13), python3-venv and make.

PYTHON_BIN := .venv/bin/python
FAST := -n 2 --dist worksteal

.PHONY: help run test test-full e2e screenshots check bench demo-reset lock
.DEFAULT_GOAL := help

help: ## what there is
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## start everything (PORT=8000), with demo data the first time; Ctrl-C stops it
	@scripts/setup base
	@$(PYTHON_BIN) manage.py up

test: ## the suite on SQLite and the filesystem broker (ARGS="-k followup")
	@scripts/setup dev
	@$(PYTHON_BIN) -m pytest $(FAST) $(ARGS)

test-full: ## the same suite on PostgreSQL and Redis (TEST_DATABASE_URL, TEST_REDIS_URL, or Debian's own)
	@scripts/setup dev
	@$(PYTHON_BIN) scripts/with_servers.py $(PYTHON_BIN) -m pytest $(FAST) $(ARGS)

e2e: ## the started system in Chromium
	@scripts/setup dev
	@scripts/need chromium chromium
	@$(PYTHON_BIN) -m pytest tests/e2e $(FAST) $(ARGS)

screenshots: ## take the pictures of docs/ anew
	@scripts/setup dev
	@scripts/need chromium chromium fonts-thai-tlwg
	@DEMO_SCALE=1 $(PYTHON_BIN) -m pytest tests/e2e/pictures.py tests/e2e/guide_pictures.py $(ARGS)

check: ## formatting, lint, types, import directions, templates, migrations, deployment settings
	@scripts/setup dev
	@scripts/check

bench: ## measured ratios against a peer and a floor, on PostgreSQL and SQLite
	@scripts/setup dev
	@$(PYTHON_BIN) -m tests.bench $(ARGS)

demo-reset: ## throw the demo's data away and make it anew (stop `make run` first)
	@scripts/setup base
	@$(PYTHON_BIN) manage.py demo_reset

lock: ## write requirements/*.txt anew from pyproject.toml (needs uv)
	@scripts/lock
