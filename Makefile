# `make demo` and `make test` are all that a newcomer needs; the rest is for those who change things.
.PHONY: demo test check eval model schemas lock clean
.DELETE_ON_ERROR:

BIN := .venv/bin
LOCK := uv pip compile pyproject.toml --group build --universal --generate-hashes --no-strip-extras --python-version 3.11 \
	--no-emit-index-url --no-header --quiet

demo: .venv/run
	@$(BIN)/stance demo

test: .venv/dev
	@$(BIN)/pytest

check: .venv/dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

# Measures detection on labelled data kept elsewhere: make eval EVAL=<its folder>.
eval: .venv/dev
	@$(BIN)/python -m tests.evaluation "$(EVAL)"

# Trains the encoder from seeds/sentences, in an environment of its own: its packages are large.
model: .venv-model/model
	@ORT_DISABLE_TELEMETRY=1 .venv-model/bin/python -m seeds.training

schemas: .venv/dev
	$(BIN)/python -m schemas.documents

# Needs uv, which neither of the two commands does.
lock:
	$(LOCK) --output-file requirements.lock
	$(LOCK) --group dev --constraint requirements.lock --output-file requirements-dev.lock
	$(LOCK) --group model --constraint requirements.lock --output-file requirements-model.lock

clean:
	rm -rf .venv .venv-model .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

.venv/run: requirements.lock pyproject.toml | .venv/python
	$(call install,requirements.lock)

.venv/dev: requirements-dev.lock pyproject.toml | .venv/python
	$(call install,requirements-dev.lock)
	@touch .venv/run

.venv-model/model: requirements-model.lock | .venv/run
	$(BIN)/python -m venv .venv-model
	@echo "installing what requirements-model.lock locks (some gigabytes)"
	@.venv-model/bin/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-model.lock
	@touch $@

# The first Python that is new enough: a shim of a version manager may be there and still not run.
.venv/python:
	@for python in python3.12 python3.11 python3.13 python3; do \
		if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			echo "making .venv with $$($$python --version)"; \
			$$python -m venv .venv && touch $@ && exit 0; \
			exit 1; \
		fi; \
	done; \
	echo "stance needs Python 3.11 or newer; none of python3, python3.11, python3.12, python3.13 is" >&2; \
	exit 1

define install
@echo "installing what $(1) locks (some minutes on the first run)"
@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $(1)
@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
@touch $@
endef
