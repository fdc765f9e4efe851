# Two commands are enough: `make run` and `make test`. Both set up what they need.
PYTHON := .venv/bin/python

.PHONY: run test check bench fmt lock reset demo-documents setup-run setup-test

run: setup-run          ## web server, worker and clock on this machine; PORT=8000
	@exec $(PYTHON) -m config.serve

test: setup-test        ## static checks, the suite on SQLite and on PostgreSQL + Redis, browser tests
	@exec $(PYTHON) scripts/test.py

check: setup-test       ## the quick static part
	@exec $(PYTHON) scripts/check.py

bench: setup-test       ## ratios against bare WeasyPrint, a bare view, 50 writers, a browser
	@exec $(PYTHON) scripts/bench.py

demo-documents: setup-run ## the whole walk with a real worker; PDFs in var/demo-documents
	@exec $(PYTHON) scripts/demo_documents.py

fmt: setup-test         ## format code and templates
	@.venv/bin/ruff check --quiet --fix-only .
	@.venv/bin/ruff format .
	@git ls-files -co --exclude-standard 'templates/*.html' 'templates/**/*.html' | xargs -r .venv/bin/djade --target-version 5.2 || true

lock: setup-test        ## requirements/*.txt from pyproject.toml
	@UV_CUSTOM_COMPILE_COMMAND="make lock" .venv/bin/uv pip compile --quiet --generate-hashes --no-emit-index-url \
		--python-version 3.11 pyproject.toml -o requirements/run.txt
	@UV_CUSTOM_COMPILE_COMMAND="make lock" .venv/bin/uv pip compile --quiet --generate-hashes --no-emit-index-url \
		--python-version 3.11 -c requirements/run.txt --group pyproject.toml:dev pyproject.toml -o requirements/dev.txt

reset:                  ## empties var/: database, files, stamp, accounts
	@exec python3.11 scripts/reset.py

setup-run:
	@scripts/setup run

setup-test:
	@scripts/setup test
