# The commands of the archive. `make` alone lists them; the variables below may be set on the command line.

INPUTDIR ?= content
OUTPUTDIR ?= output
PUBLISHDIR ?= public
CONFFILE ?= pelicanconf.py
PUBLISHCONF ?= publishconf.py
PORT ?= 8000
KEEP ?= 5
WAIT ?= 1
FORCE ?=
TO ?=
RELEASE ?=
FORMAT ?=
STUBS ?=
N ?= 100000
WORDS ?= 2000
PYTHON ?=
REUTERS ?= ../shared/data/reuters-21578-markdown.tar.gz
CORPUS ?=
RUNS ?= 3
TIMES ?= 1
ROWS ?=

SSH_HOST ?=
SSH_PORT ?= 22
SSH_USER ?=
SSH_TARGET_DIR ?=

# Names of files and texts are UTF-8 in every locale.
export PYTHONUTF8 = 1

# As a module, so that `newsarchive` is imported from this folder.
PELICAN ?= .venv/bin/python -m pelican
PELICANOPTS ?=
ifeq ($(DEBUG), 1)
PELICANOPTS += -D
endif

SITE = .venv/requirements.installed
TEST = .venv/requirements-test.installed
SAMPLES = .venv/samples/fetched
BENCH = .venv/requirements-bench.installed
AUDIT = .venv/requirements-audit.installed
NPM = node_modules/.package-lock.json
LIGHTHOUSE = tools/lighthouse/node_modules/.package-lock.json
OBSERVATORY = tools/observatory/node_modules/.package-lock.json

help:  ## list these commands
	@awk -F ':.*## ' '/^[a-z_-]+:.*## / { printf "make %-18s %s\n", $$1, $$2 }' Makefile

html: $(SITE)  ## build the site into output/
	@$(PELICAN) "$(INPUTDIR)" -o "$(OUTPUTDIR)" -s "$(CONFFILE)" $(PELICANOPTS)

check: $(SITE)  ## say everything that is wrong in content/, and write nothing (FORMAT=json or github)
	@.venv/bin/python -m newsarchive.check "$(INPUTDIR)" -o "$(OUTPUTDIR)" -s "$(CONFFILE)" --format "$(FORMAT)"

audit: $(SITE)  ## account for every file in content/: a page, an asset, or left out and why
	@.venv/bin/python -m newsarchive.audit "$(INPUTDIR)" -o "$(OUTPUTDIR)" -s "$(CONFFILE)"

topics: $(SITE)  ## list the tags without a topic file, or begin files for those of so many stories (STUBS=1)
	@.venv/bin/python -m newsarchive.indexing "$(INPUTDIR)" -o "$(OUTPUTDIR)" -s "$(CONFFILE)" --stubs "$(or $(STUBS),0)"

clean:  ## remove what was built
	rm -rf "$(OUTPUTDIR)" .cache

regenerate: $(SITE)  ## build again whenever a source changes
	$(PELICAN) -r "$(INPUTDIR)" -o "$(OUTPUTDIR)" -s "$(CONFFILE)" $(PELICANOPTS)

PREVIEW = .venv/bin/python -m newsarchive.preview --folder "$(OUTPUTDIR)" --port "$(PORT)"

serve: $(SITE)  ## show output/ at http://localhost:8000 (PORT=)
	@exec $(PREVIEW)

devserver: $(SITE)  ## show output/, and build again whenever a source changes (PORT=)
	@exec $(PREVIEW) --watch "$(INPUTDIR)" theme newsarchive "$(CONFFILE)" \
	    --build $(PELICAN) "$(INPUTDIR)" -o "$(OUTPUTDIR)" -s "$(CONFFILE)" $(PELICANOPTS)

PUBLISH = .venv/bin/python -m newsarchive.publish --folder "$(PUBLISHDIR)"
NOWAIT = $(if $(filter 0,$(WAIT)),--no-wait)

publish: $(SITE)  ## build a release for SITEURL=https://example.org and switch over to it (KEEP=5 WAIT=0 FORCE=1)
	@test -n "$(SITEURL)" || { echo 'Say where the site will stand: make publish SITEURL=https://example.org' >&2; exit 1; }
	@SITEURL="$(SITEURL)" $(PUBLISH) release --keep "$(KEEP)" $(NOWAIT) $(if $(filter 1,$(FORCE)),--force) -- \
	    $(PELICAN) "$(INPUTDIR)" -o "$(PUBLISHDIR)/building" -s "$(PUBLISHCONF)" $(PELICANOPTS)

rollback: $(SITE)  ## switch back to the release before, or to another (TO=)
	@$(PUBLISH) rollback --to "$(TO)" $(NOWAIT)

verify: $(SITE)  ## name each file of the live release, or of another, that is not as published (RELEASE=)
	@$(PUBLISH) verify --release "$(RELEASE)"

# Not --cvs-exclude, which leaves out any folder named core or tags: a topic may be.
rsync_upload: ssh_target publish  ## publish, then copy the site to SSH_USER@SSH_HOST:SSH_TARGET_DIR
	rsync -e "ssh -p $(SSH_PORT)" -P -rtvzc --delay-updates --delete-after "$(PUBLISHDIR)"/current/data/ "$(SSH_USER)@$(SSH_HOST):$(SSH_TARGET_DIR)"

ssh_target:
	@test -n "$(SSH_HOST)" && test -n "$(SSH_USER)" && test -n "$(SSH_TARGET_DIR)" || \
	    { echo 'Say where to copy the site: make rsync_upload SSH_HOST= SSH_USER= SSH_TARGET_DIR=' >&2; exit 1; }

# A headline may hold `$`, which make would read as a variable: `value` takes it as it stands.
STORY = WIRE TITLE DATE TAGS SECTION SUPPLIED DATE_NOTE SUMMARY SOURCE RIGHTS SLUG
$(foreach name,$(STORY),$(eval override $(name) := $$(value $(name))))
export $(STORY)

article: $(SITE)  ## turn wire copy into a story: WIRE=story.txt TITLE= DATE= TAGS= SECTION= SUPPLIED= DATE_NOTE= SUMMARY= SOURCE= RIGHTS= SLUG=
	@test -n "$$WIRE" || { echo 'Name the wire copy: make article WIRE=story.txt' >&2; exit 1; }
	@.venv/bin/python -m newsarchive.wire --content="$(INPUTDIR)" \
	    --title="$$TITLE" \
	    --date="$$DATE" \
	    --tags="$$TAGS" \
	    --section="$$SECTION" \
	    --supplied="$$SUPPLIED" \
	    --date-note="$$DATE_NOTE" \
	    --summary="$$SUMMARY" \
	    --source="$$SOURCE" \
	    --rights="$$RIGHTS" \
	    --slug="$$SLUG" -- "$$WIRE"

test: $(TEST) $(SAMPLES)  ## run every test, the browser's too (CHROMIUM= ARGS=)
	@tools/need .venv/bin/playwright libatomic1 'Playwright needs libatomic'
	@PATH="$$PATH:/usr/sbin" tools/need nginx nginx 'A real web server serves the pages'
	@NEWSARCHIVE_CHROMIUM=$$(CHROMIUM="$(CHROMIUM)" tools/chromium) && export NEWSARCHIVE_CHROMIUM && \
	    TMPDIR=$$(tools/scratch) .venv/bin/python -m pytest -n auto $(ARGS)

torture: $(TEST)  ## kill, starve and break a publish at every point there is, and damage what builds remember, for some minutes (ARGS=)
	TORTURE=1 .venv/bin/python -m pytest -n auto tests/publishing tests/build/test_state.py $(ARGS)

pages: $(TEST) $(SAMPLES)  ## open every kind of page in both sites, and the hostile ones with and without the policy (CHROMIUM= ARGS=)
	@tools/need .venv/bin/playwright libatomic1 'Playwright needs libatomic'
	@PATH="$$PATH:/usr/sbin" tools/need nginx nginx 'A real web server serves the pages'
	@NEWSARCHIVE_CHROMIUM=$$(CHROMIUM="$(CHROMIUM)" tools/chromium) && export NEWSARCHIVE_CHROMIUM && \
	    PAGES=1 TMPDIR=$$(tools/scratch) .venv/bin/python -m pytest -n auto tests/browser $(ARGS)

faults-on-stock: $(TEST)  ## see every test of a fault fail on stock Pelican (ARGS=)
	STOCK=1 .venv/bin/python -m pytest -n auto -rx tests/faults $(ARGS)

fuzz: $(TEST)  ## read posts of anything at all (N=100000)
	@NEWSARCHIVE_FUZZ=$(N) .venv/bin/python -m pytest tests/article/test_fuzz.py $(ARGS)

repro: $(TEST)  ## publish three sites in 12 combinations of zone, locale, path, clock and more, and compare (ARGS=)
	@tools/need faketime faketime 'The clock is set by libfaketime'
	REPRODUCE=1 .venv/bin/python -m pytest -n auto tests/reproducible $(ARGS)

words: $(TEST)  ## see that every word of a text is in its page (WORDS=2000)
	@NEWSARCHIVE_WORDS=$(WORDS) .venv/bin/python -m pytest tests/article/test_conservation.py $(ARGS)

test-reuters: $(TEST)  ## run the tests that need the Reuters-21578 stories (REUTERS=)
	@test -f "$(REUTERS)" || { echo 'There is no $(REUTERS); name the Reuters-21578 archive: make test-reuters REUTERS=' >&2; exit 1; }
	@PATH="$$PATH:/usr/sbin" tools/need nginx nginx 'A real web server serves the pages'
	@NEWSARCHIVE_CHROMIUM=$$(CHROMIUM="$(CHROMIUM)" tools/chromium) && export NEWSARCHIVE_CHROMIUM && \
	    REUTERS="$(REUTERS)" .venv/bin/python -m pytest -m reuters tests/reuters $(ARGS)

bench: $(BENCH)  ## compare with stock Pelican and Hugo, or some rows of the table (CORPUS= RUNS= TIMES=10 ROWS= ARGS=)
	@.venv/bin/python -m bench $(if $(CORPUS),--corpus "$(CORPUS)") --runs $(RUNS) --times $(TIMES) \
	    $(if $(ROWS),--rows $(ROWS)) $(ARGS)

screenshots: $(TEST)  ## take pictures of every kind of page for a person to look at (REUTERS= ARGS=--readme)
	@tools/need .venv/bin/playwright libatomic1 'Playwright needs libatomic'
	@chromium=$$(CHROMIUM="$(CHROMIUM)" tools/chromium) && \
	    .venv/bin/python -m tools.screenshots --chromium "$$chromium" --corpus "$(REUTERS)" $(ARGS)

lint: $(TEST)  ## check style, format and types
	.venv/bin/python -m ruff check
	.venv/bin/python -m ruff format --check
	.venv/bin/python -m mypy

validate: $(SITE) $(NPM)  ## check two built sites with the Nu HTML checker, and the style sheets with stylelint
	@tools/need java default-jre-headless 'The HTML checker needs Java 11 or newer'
	rm -rf .cache/validate
	$(PELICAN) "$(INPUTDIR)" -o .cache/validate/local -s "$(CONFFILE)" $(PELICANOPTS)
	SITEURL=https://example.org/archive \
	    $(PELICAN) "$(INPUTDIR)" -o .cache/validate/published -s "$(PUBLISHCONF)" $(PELICANOPTS)
	java -jar node_modules/vnu-jar/build/dist/vnu.jar --Werror --skip-non-html .cache/validate
	node_modules/.bin/stylelint --allow-empty-input 'theme/styles/*.css'

lighthouse: $(TEST) $(LIGHTHOUSE)  ## have Lighthouse judge every kind of page, served by nginx (ARGS="front story")
	@PATH="$$PATH:/usr/sbin" tools/need nginx nginx 'A real web server serves the pages'
	@CHROME_PATH=$$(CHROMIUM="$(CHROMIUM)" tools/chromium) && export CHROME_PATH && \
	    PATH="$$PATH:/usr/sbin" .venv/bin/python -m tools.lighthouse $(ARGS)

observatory: $(TEST) $(OBSERVATORY)  ## have MDN's HTTP Observatory score what nginx answers by deploy/nginx.conf
	@PATH="$$PATH:/usr/sbin" tools/need nginx nginx 'A real web server serves the pages'
	@.venv/bin/python -m tools.observatory

audit-dependencies: $(AUDIT)  ## ask whether a locked package has a known vulnerability, where the data is reachable
	@.venv/bin/python -m tools.advisories

lock: $(TEST)  ## renew the locked versions of all packages
	@tools/lock

.venv/bin/python:
	@PYTHON="$(PYTHON)" tools/venv

.venv/%.installed: %.txt .venv/bin/python
	@tools/install $<
	@touch $@

$(SAMPLES): requirements.txt .venv/bin/python
	@tools/samples
	@touch $@

$(NPM): package.json package-lock.json
$(LIGHTHOUSE): tools/lighthouse/package.json tools/lighthouse/package-lock.json
$(OBSERVATORY): tools/observatory/package.json tools/observatory/package-lock.json
$(NPM) $(LIGHTHOUSE) $(OBSERVATORY):
	@tools/need npm npm 'The validators come from npm'
	@echo 'Installing $(<D)/package-lock.json into $(@D)'
	@mkdir -p .cache
	@npm ci --prefix "$(<D)" --ignore-scripts --no-audit --no-fund --fetch-retries=1 >.cache/npm.log 2>&1 || \
	    { echo 'Cannot install the validators from npm (the log is .cache/npm.log)' >&2; exit 1; }
	@touch $@

.PHONY: help html check audit topics clean regenerate serve devserver publish rollback verify rsync_upload ssh_target article test faults-on-stock fuzz words torture pages repro test-reuters bench screenshots lighthouse observatory lint validate audit-dependencies lock
