# Everything runs from a clean clone with Python >= 3.11, Node >= 20 and make.
# The tools live in .venv and js/node_modules; both are made on first need.

PYTHON ?= python3
ifeq ($(OS),Windows_NT)
  PYTHON := python
  BIN := .venv/Scripts
else
  BIN := .venv/bin
endif
PY := $(BIN)/python
NPM := npm --prefix js

VENV_READY := .venv/.ready
NODE_READY := js/node_modules/.ready

# What Python compiles is kept whatever the environment says: the tests start several hundred processes.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup demo test test-python test-js warm lint lint-python lint-js format devices bundle tables \
        bench bench-first bench-compose bench-hear bench-perform peers soak fuzz clean

help: ## Show what there is
	@$(PYTHON) -c "import re; [print(f'make {m[1]:<12} {m[2]}') for l in open('Makefile') if (m := re.match(r'^([a-z-]+):[^#]*## (.*)', l))]"

$(VENV_READY): pyproject.toml constraints.txt
	@$(PYTHON) -c "import sys; sys.exit(0 if sys.version_info >= (3, 11) else 'Bandmate needs Python 3.11 or newer; this is ' + sys.version.split()[0] + '. Say which one: make PYTHON=/path/to/python3.12')"
	$(PYTHON) -m venv .venv
	@# The pip that comes with Python 3.11 takes twice as long to choose; where there is no newer one it does, too.
	-$(PY) -m pip install --quiet --disable-pip-version-check --no-compile --constraint constraints.txt --upgrade pip
	@# Nobody ever imports most of what comes with numba and scikit-learn: Python compiles what is imported, pip all of it.
	$(PY) -m pip install --quiet --disable-pip-version-check --no-compile --constraint constraints.txt --editable ".[dev]"
	@$(PYTHON) -c "open('$(VENV_READY)', 'w').close()"

$(NODE_READY): js/package.json js/package-lock.json
	@$(PYTHON) -c "import shutil, sys; sys.exit(0 if shutil.which('node') else 'Bandmate needs Node 20.10 or newer; there is no node on the PATH.')"
	@node -e "const [major, minor] = process.versions.node.split('.'); if (+major < 20 || (major === '20' && +minor < 10)) { console.error('Bandmate needs Node 20.10 or newer; this is ' + process.version); process.exit(1) }"
	$(NPM) ci --loglevel=error --no-audit --no-fund
	@$(PYTHON) -c "open('$(NODE_READY)', 'w').close()"

setup: $(VENV_READY) $(NODE_READY) ## Install the pinned tools

bundle: $(NODE_READY) ## Bundle the scripts that go into the devices (js/dist)
	$(NPM) run --silent bundle

devices: setup bundle ## Rebuild the .amxd files and their pictures
	$(PY) -m m4l_devices.build
	node js/headless/pictures.mjs

tables: $(VENV_READY) ## Rebuild the theory tables from music21
	$(PY) -m engine.theory.build_tables

demo: setup ## Play the whole path without Live: make demo, or make demo SET=path/to/some.als
	$(BIN)/bandmate demo $(if $(SET),--set "$(SET)",)

lint: setup ## Style, types and complexity of both languages
	@$(MAKE) --no-print-directory --jobs=2 lint-python lint-js

lint-python: $(VENV_READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

lint-js: $(NODE_READY)
	$(NPM) run --silent check
	$(NPM) run --silent lint

format: setup ## Put both languages into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(NPM) run --silent format

# As in the engine: threads of the library that multiplies matrices wait for each other where cores are busy.
test-python: export OMP_NUM_THREADS ?= 1
test-python: export OPENBLAS_NUM_THREADS ?= 1
# In the order of their folders: what starts engines comes first, so that none of it is left over at the end.
test-python: setup bundle ## Only the Python tests
	$(PY) -m pytest --numprocesses logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder

test-js: setup bundle ## Only the JavaScript tests
	$(NPM) run --silent test

warm: $(VENV_READY)
	$(PY) -m tests.warm

# Side by side, since each waits now and then; whatever fails is shown last.
test: setup bundle ## Everything that must hold (lint, JS, Python, end to end)
	@$(PYTHON) tests/side_by_side.py "$(MAKE) --no-print-directory lint" "$(MAKE) --no-print-directory warm"
	@$(PYTHON) tests/side_by_side.py "$(MAKE) --no-print-directory test-js" "$(MAKE) --no-print-directory test-python"

bench: setup ## Every benchmark; tables on the terminal, JSON in bench-out/
	$(PY) -m tests.benchmarks

bench-first: setup ## Knob to notes, cold start, memory, 64 clients -> bench-out/first.json
	$(PY) -m tests.benchmarks first

bench-compose: setup ## Composing beside real music and other composers -> bench-out/compose.json
	$(PY) -m tests.benchmarks compose

bench-hear: setup ## Hearing beside the engines that make peers installed -> bench-out/hear.json
	$(PY) -m tests.benchmarks hear

bench-perform: setup bundle ## Eight Jam devices that play, renders, locates, a killed engine -> bench-out/perform.json
	$(PY) -m tests.benchmarks perform

bench-taste: setup ## Learning a taste beside other policies, and what keeping takes costs -> bench-out/taste.json
	$(PY) -m tests.benchmarks taste

PEER_PYTHON ?= $(PYTHON)
MADMOM_PYTHON ?= python3.8
peers: ## Install what hearing, composing and taste are measured beside (.peers); madmom needs MADMOM_PYTHON, a CPython 3.8
	$(PEER_PYTHON) -m venv .peers/compose
	.peers/compose/bin/python -m pip install --quiet --requirement tests/benchmarks/composing/peers/requirements.txt
	$(PEER_PYTHON) -m venv .peers/taste
	.peers/taste/bin/python -m pip install --quiet --requirement tests/benchmarks/taste/peers/requirements.txt
	$(PEER_PYTHON) -m venv .peers/main
	.peers/main/bin/python -m pip install --quiet --requirement tests/benchmarks/hearing/peers/main.txt
	-$(MADMOM_PYTHON) -m venv .peers/madmom && .peers/madmom/bin/python -m pip install --quiet "cython<3" "numpy<1.20" scipy mido wheel setuptools && .peers/madmom/bin/python -m pip install --quiet --no-build-isolation madmom==0.16.1

soak: setup ## Long run: 220 kills, then one hour of knobs and presses (MINUTES=60)
	$(PY) -m tests.benchmarks kills
	$(PY) -m tests.benchmarks soak --minutes $(or $(MINUTES),60)

fuzz: setup ## Throw broken bytes at the readers and the socket
	$(PY) -m pytest tests/fuzz

clean: ## Remove what can be made again
	$(PYTHON) -c "import shutil; [shutil.rmtree(p, ignore_errors=True) for p in ('.venv', 'js/node_modules', 'js/dist', 'demo-out', 'bench-out', '.mypy_cache', '.ruff_cache', '.pytest_cache', '.hypothesis')]"
