# Everything is done from here; each target sets up what it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# compiled modules are kept, whatever the shell says: every command, kernel and test worker starts a second sooner
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help publish test lint data notebooks docs bench clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

publish: $(READY) ## build the data, run the notebooks, write published/*.html
	$(BIN)/foi publish

test: $(READY) ## run all tests
	$(BIN)/python -m pytest -q -n auto --dist loadscope

lint: $(READY) ## check style, layout and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

data: $(READY) ## data/raw -> data/processed
	$(BIN)/foi build

notebooks: $(READY) ## open the notebooks in JupyterLab
	$(BIN)/jupyter lab notebooks

docs: $(READY) ## build the documentation into docs/_build/html
	$(BIN)/foi reference
	$(BIN)/sphinx-build -q -W --keep-going -b html docs docs/_build/html

bench: $(READY) ## run the measurements of benchmarks/ (but the fuzzer, which runs as long as it is told)
	for script in $(filter-out benchmarks/fuzz.py,$(wildcard benchmarks/*.py)); do echo "== $$script"; $(BIN)/python $$script || exit 1; done

clean: ## remove what can be made again (the environment too)
	rm -rf $(VENV) published build dist *.egg-info .pytest_cache .ruff_cache .mypy_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# rfc3987-syntax, a checker of web addresses that nothing here uses, costs every Jupyter process a second
$(READY): pyproject.toml setup.py constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed; say which with: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[notebooks,export,test,lint,docs]'
	$(BIN)/python -m pip uninstall --quiet --yes rfc3987-syntax
	touch $(READY)
