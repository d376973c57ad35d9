# The two commands: `make demo` shows what Travaux does, `make test` runs every test. Both need Python 3.11+ and make only.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EXAMPLE := examples/example-guarantees
DEMO := build/demo

.PHONY: demo test lint quality fuzz lock docs clean

demo: $(VENV)/installed
	@rm -rf $(DEMO) && mkdir -p build
	@$(BIN)/travaux build $(EXAMPLE) --output $(DEMO)
	@$(BIN)/travaux page $(DEMO) --output build/demo.html

test: $(VENV)/installed-dev
	$(BIN)/python -m pytest -n auto

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The figures on the gold records, and the floors they must not fall under.
quality: $(VENV)/installed-dev
	$(BIN)/python -m pytest tests/quality -v

# Everything that parses what strangers send, for so many minutes; what breaks is kept in tests/fuzz/found. CI runs a bounded part.
fuzz: $(VENV)/installed-dev
	$(BIN)/python tests/fuzz/run.py --minutes $(or $(MINUTES),10)

# Exact versions with hashes and without the address of any index, for users and for developers.
lock: $(VENV)/installed-dev
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
	  pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
	  pyproject.toml --group dev --extra llm --extra documents --extra parquet --extra excel --extra bibliography --extra mcp --extra postgresql --extra corpus --extra ray -o requirements-dev.lock

docs: $(VENV)/installed-dev
	$(BIN)/python docs/generate.py
	$(BIN)/python docs/measure.py

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Travaux needs Python 3.11 or later; $(PYTHON) is `$(PYTHON) -V 2>&1`. Try: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
	  { echo "This Python comes without ensurepip. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@echo "Making $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)

# Python compiles what is imported when it first is; pip would compile all of it, which takes a third of an installation.
$(VENV)/installed: $(VENV)/bin/python requirements.lock pyproject.toml
	@echo "Installing what Travaux needs (spaCy and an English model among it) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed requirements-dev.lock
	@echo "Installing what the tests need ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements-dev.lock
	@touch $@
