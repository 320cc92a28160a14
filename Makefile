PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.set-up
JOBS ?= 2
OUT ?= build/demo
EXAMPLES ?= 150

DEMO := uniform gradient grad-x-input lrp-0 lrp-epsilon lrp-z-plus integrated-gradients \
	captum:InputXGradient captum:IntegratedGradients captum:LRP

LINTED := axiomcheck $(addprefix axiomcheck/,axioms explainers networks reports strategies) tests benchmarks

.PHONY: setup demo test test-long lint bench clean

setup: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable . --group dev
	touch $(STAMP)

demo: setup
	$(BIN)/axiomcheck certify $(DEMO) --no-fail --examples $(EXAMPLES) --jobs $(JOBS) --out $(OUT)

test: setup
	$(BIN)/pytest -n $(JOBS) --dist worksteal

test-long: setup
	$(BIN)/pytest -n $(JOBS) --dist worksteal -m long

lint: setup
	$(BIN)/ruff check $(LINTED)
	$(BIN)/ruff format --check $(LINTED)
	$(BIN)/mypy

bench: setup
	$(BIN)/python -m benchmarks

clean:
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
