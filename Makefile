PYTHON ?= python3
STAGE ?= dev
ARGS ?=
BIN := .venv/bin
READY := .venv/.ready

.DEFAULT_GOAL := help

.PHONY: help
help: ## Show what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

$(READY): locks/dev.txt
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if v >= (3, 11) else f"Python 3.11 or newer is needed; {sys.executable} is {v.major}.{v.minor}. Name another one: make PYTHON=python3.13 …")'
	@echo "Setting up .venv from locks/dev.txt (about a minute, once) …"
	@$(PYTHON) -m venv --clear .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r locks/dev.txt
	@touch $@

.PHONY: run
run: $(READY) ## Run the whole system on this machine (ARGS=--once ends after the samples, ARGS=--empty sends none)
	@exec $(BIN)/python -m infra.local $(ARGS)

.PHONY: test
test: $(READY) ## Run all tests
	@$(BIN)/python -m pytest $(ARGS)

.PHONY: check
check: $(READY) ## Run every check: format, lint, types, import contracts, tests (with cdk-nag), synth, cfn-lint
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy functions infra shared tests
	$(BIN)/lint-imports
	$(BIN)/python -m pytest
	$(BIN)/python -m infra.app
	$(BIN)/cfn-lint --config-file .cfnlintrc.yaml -- cdk.out/*.template.json

.PHONY: eval
eval: $(READY) ## Score reading and matching on the labelled mails
	@$(BIN)/python -m tests.evaluation $(ARGS)

.PHONY: train
train: $(READY) ## Learn anew from example sentences and labelled mails (ARGS=--check: how well it generalises)
	@$(BIN)/python -m tests.training $(ARGS)

.PHONY: bench
bench: $(READY) ## Measure how fast mails are read and functions are imported
	@$(BIN)/python -m tests.bench.reading
	@$(BIN)/python -m tests.bench.candidates
	@$(BIN)/python -m tests.bench.imports

.PHONY: dashboard
dashboard: $(READY) ## Draw docs/dashboard.svg, the picture of the dashboard
	@$(BIN)/python -m infra.dashboard_picture docs/dashboard.svg

.PHONY: synth
synth: $(READY) ## Write the CloudFormation templates and bundles to cdk.out
	@$(BIN)/python -m infra.app

.PHONY: bootstrap
bootstrap: $(READY) ## Set CDK up in an AWS account and region, once
	@$(BIN)/python -m infra.deploy bootstrap

.PHONY: deploy
deploy: $(READY) ## Check (with cdk-nag), show the difference, deploy to AWS (STAGE=dev, ARGS='-c adminEmail=…')
	@$(BIN)/python -m infra.deploy -c stage=$(STAGE) $(ARGS)

.PHONY: erase
erase: $(READY) ## Erase a client (STAGE=dev, ARGS='--reference … --by-name'); without --plan only shows what would go
	@$(BIN)/python -m infra.erasure --stage $(STAGE) $(ARGS)

.PHONY: format
format: $(READY) ## Format the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

.PHONY: lock
lock: $(READY) ## Renew the locks from pyproject.toml
	@for group in dev api worker notifier reconciler eraser migrator runtime; do \
	  $(BIN)/uv pip compile pyproject.toml --group $$group --universal --python-version 3.11 \
	    --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet \
	    $$([ $$group = dev ] || echo -c locks/dev.txt) -o locks/$$group.txt || exit 1; \
	done
