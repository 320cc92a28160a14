PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.set-up
PEERS := .venv-peers/bin
PEERS_STAMP := .venv-peers/.set-up
JOBS ?= 2
OUT ?= build/demo
EXAMPLES ?= 100

DEMO := uniform grad-x-input lrp-epsilon integrated-gradients captum:InputXGradient captum:LRP
DIGITS := grad-x-input lrp-z-plus captum:InputXGradient captum:DeepLift
TUTORIAL := --axiom conservation --axiom continuity --axiom implementation_invariance --axiom selectivity
TRAINED := --model examples/models/digits.py:load --weights build/models/digits.safetensors --inputs build/models/digits.npy

LINTED := axiomcheck $(addprefix axiomcheck/,axioms explainers networks reports strategies) tests benchmarks noxfile.py

# Tests start many processes: what Python has compiled once is kept, also where the environment says otherwise.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup demo test test-long test-peers test-matrix scoreboard lint docs bench bench-full clean

setup: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable . --group dev
	touch $(STAMP)

demo: setup
	-$(BIN)/axiomcheck hunt captum:LRP conservation --family biased --time 30
	$(BIN)/axiomcheck certify $(DEMO) $(TUTORIAL) --family biased --family ordinary --no-fail --examples $(EXAMPLES) \
		--jobs $(JOBS) --out $(OUT)
	$(BIN)/python examples/models/digits.py build/models
	$(BIN)/axiomcheck certify $(DIGITS) $(TRAINED) --axiom conservation --axiom continuity \
		--axiom implementation_invariance --no-fail --examples 60 --jobs $(JOBS) --timeout 30 --out $(OUT)/digits

test: setup
	$(BIN)/pytest -n $(JOBS) --dist worksteal

test-long: setup
	$(BIN)/pytest -n $(JOBS) --dist worksteal -m long

test-peers: $(PEERS_STAMP)
	$(PEERS)/pytest -n $(JOBS) --dist worksteal -m peers
	$(PEERS)/python -m benchmarks peers

$(PEERS_STAMP): pyproject.toml constraints-peers.txt
	$(PYTHON) -m venv .venv-peers
	$(PEERS)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(PEERS)/python -m pip install --quiet --constraint constraints-peers.txt --editable . --group peers
	touch $(PEERS_STAMP)

scoreboard: $(PEERS_STAMP)
	$(PEERS)/python -m benchmarks.scoreboard

test-matrix: setup
	$(BIN)/nox

lint: setup
	$(BIN)/ruff check $(LINTED)
	$(BIN)/ruff format --check $(LINTED)
	$(BIN)/mypy
	$(BIN)/pytest -q tests/test_structure.py

docs: setup
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build

bench: setup
	$(BIN)/python -m benchmarks

bench-full: bench
	$(BIN)/python -m benchmarks.power
	$(BIN)/python -m benchmarks.growth

clean:
	rm -rf .venv .venv-peers build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .nox
