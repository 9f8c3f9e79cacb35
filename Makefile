# Needs only make and Python 3.11 or newer; everything else is brought in, pinned by hash.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
OTHERS := .venv-oracle
CASE   ?= ukraine-2025-08
OUT    ?= out

.PHONY: help setup brief serve test judged lint bench mutants oracle schemas lock clean

help:            ## list these targets
	@grep -E '^[a-z]+: .*##|^[a-z]+:  +##' Makefile | sed 's/:.*##/ ·/'

setup: $(READY)  ## make the environment in .venv

$(READY): locks/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if v >= (3, 11) else f"guarantor needs Python 3.11 or newer; {sys.executable} is {v.major}.{v.minor}. Name another: make PYTHON=python3.12")'
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --compile -r locks/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

brief: $(READY)  ## write the brief of the lead case to out/
	$(BIN)/guarantor brief $(CASE) -o $(OUT)

serve: $(READY)  ## open the workbench of the lead case in a browser
	$(BIN)/guarantor serve $(CASE)

test: $(READY)   ## lint, type-check and run all tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 2 --dist worksteal

judged: $(READY) ## halve every judged figure of the lead case, one at a time
	GUARANTOR_JUDGED=all $(BIN)/python -m pytest -n 2 tests/questions/test_judged_factors.py

lint: $(READY)   ## repair what the linter can repair
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY)  ## measure speed and memory against peers, in one run
	$(BIN)/python -m benchmarks

mutants: $(READY) ## change the models one place at a time and see that a test notices
	$(BIN)/python -m mutation --write

oracle: $(OTHERS)/.ready ## hold covering, PRIM and PROMETHEE against other people's programs
	$(OTHERS)/bin/python -m pytest tests/oracle

$(OTHERS)/.ready: locks/oracle.txt pyproject.toml | $(READY)
	$(BIN)/python -m venv --clear $(OTHERS)
	$(OTHERS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --compile -r locks/oracle.txt
	$(OTHERS)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(OTHERS)/.ready

schemas: $(READY) ## write the JSON Schemas that editors use
	$(BIN)/guarantor schemas -o schemas

lock:            ## renew the locks (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --upgrade -o locks/runtime.txt
	uv pip compile pyproject.toml --group dev -c locks/runtime.txt --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --upgrade -o locks/dev.txt
	uv pip compile pyproject.toml --group oracle --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --upgrade -o locks/oracle.txt

clean:           ## remove the environment and what was built
	rm -rf $(VENV) $(OTHERS) dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
