# What a newcomer types: `make demo` and `make test`. Needs Python 3.11+ and make, nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: install demo test check format bench pictures docs lock words clean

install: $(STAMP)

$(STAMP): requirements.txt requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Usher needs Python 3.11 or newer; this is " + sys.version.split()[0])'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

demo: install
	$(BIN)/usher demo

# One worker more than processors: some tests wait. Bytecode is kept even where the environment says
# otherwise: every worker and every process that tests start would compile the whole tree anew.
test: install
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest --dist worksteal -n $$($(BIN)/python -c "import os; print((os.cpu_count() or 1) + 1)")

check: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache --no-logo

format: install
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: install
	$(BIN)/python -m benchmarks

# Takes the pictures of the docs anew; needs Chromium.
pictures: install
	$(BIN)/python -m tests.pictures

# Brings the tables of docs/policy.md up to date.
docs: install
	$(BIN)/python -m tests.docs.policy_page

# Collects the words of the templates and the code anew into the catalogues.
words: install
	$(BIN)/python -m templates.wording.catalogue

# Needs uv, on the developer's machine only.
lock:
	uv pip compile pyproject.toml --universal -p 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements.txt
	uv pip compile pyproject.toml --group dev --universal -p 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements-dev.txt -c requirements.txt

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache
