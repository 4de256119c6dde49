# K-Means, visualized. `make help` lists what one can do.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PORT ?= 8080
BUILD ?= build
MAKEFLAGS += --jobs=$(shell nproc 2>/dev/null || echo 2)

# --- sources -----------------------------------------------------------------------------------------------

HEADERS := $(wildcard c/*.h c/program/*.h c/defs/*.def)
COMMAND := $(wildcard c/cli*.c)
ENGINE := $(filter-out $(COMMAND) c/tables.c c/wasm.c,$(wildcard c/*.c c/program/*.c))
UNIT_TESTS := $(wildcard tests/c/*.c)
TABLES := $(addprefix web/src/generated/,tables.ts late.ts language.ts)
WEB := $(shell find web datasets -name node_modules -prune -o -name dist -prune -o -name generated -prune -o -type f -print 2>/dev/null)

# --- compilers ---------------------------------------------------------------------------------------------

# One operation of the source is one IEEE operation: no contraction, so that native and wasm agree to the bit. Without
# errno a square root is one instruction, and nothing of libm is linked.
CFLAGS_ALL := -std=c11 -Ic -Wall -Wextra -Wshadow -Wconversion -Werror -ffp-contract=off -fno-math-errno
RELEASE := $(CFLAGS_ALL) -O3
SANITIZE := $(CFLAGS_ALL) -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
# The stack stands first in memory, so that an overflow traps instead of writing over data.
WASM_COMPILE := $(CFLAGS_ALL) -flto -msimd128
WASM_LINK := -O3 -flto -msimd128 -sSTANDALONE_WASM --no-entry -sALLOW_MEMORY_GROWTH -sMAXIMUM_MEMORY=4GB \
	-sALLOW_TABLE_GROWTH -sTOTAL_STACK=524288 -Wl,--stack-first
# What runs once, not once a point, is built small: the module is a fifth smaller and no slower.
SMALL := $(filter c/program/% c/csv% c/view.c $(patsubst %,c/%.c,agreement batch bounds bounds_copies boxes boxes_grow boxes_label \
	brute_force center custom digest elementary engine few gap number params race repair restarts shapes spread standardize sum text trails \
	view_cells view_chances view_crowd view_marks view_order view_pca view_plane view_points view_spokes),$(ENGINE))
# What is often called for little work: longer than -O2 makes it, it is slower.
SHORT := c/few_compare.c c/seed.c
CLANG ?= clang

# --- what one can do -------------------------------------------------------------------------------------------

.PHONY: help build dist run dev test check format bench bench-page fuzz lessons size preview lighthouse clean
help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1@\2/p' $(MAKEFILE_LIST) | awk -F@ '{ printf "%-16s %s\n", $$1, $$2 }'

build: $(BUILD)/kmeans web/dist/index.html ## Build the command, the engine in WebAssembly and the page

run: build ## Build and serve the page on http://localhost:8080/ (PORT= to change)
	cd web && npx vite preview --port $(PORT) --strictPort

dev: web/src/generated/kmeans.wasm $(TABLES) web/node_modules/.ready ## Serve the page and rebuild it as files change
	@( while sleep 1; do $(MAKE) --silent web/src/generated/kmeans.wasm $(TABLES) || true; done ) & \
	watcher=$$!; trap 'kill $$watcher' EXIT INT TERM; cd web && npx vite --port $(PORT) --strictPort

dist: build ## Build web/dist for a static host, with compressed copies beside the files (SITE=, its address, for previews)
	node web/compress.mjs

size: web/dist/index.html tests/node_modules/.ready ## Print what a visit downloads, and what is fetched when asked for; fail above the budgets
	CHROMIUM=$$(tests/browsers.sh chromium) node tests/size.mjs

preview: web/dist/index.html tests/node_modules/.ready ## Take the picture that stands for the page elsewhere, web/public/preview.png
	CHROMIUM=$$(tests/browsers.sh chromium) node tests/e2e/preview.mjs

lighthouse: web/dist/index.html ## Print Lighthouse's marks of the page, which is fetched for it; fail below 100
	CHROMIUM=$$(tests/browsers.sh chromium) node tests/lighthouse.mjs

clean: ## Remove everything built
	rm -rf $(BUILD) web/dist web/src/generated

# --- engine --------------------------------------------------------------------------------------------------------

# Native objects, in a folder for each kind of build, so that a change compiles the files it concerns.
define NATIVE
$$(BUILD)/$(1)/%.o: %.c
	@mkdir -p $$(@D)
	@$(2) $(3) -MMD -MP -c $$< -o $$@
$(1)_ENGINE := $$(ENGINE:%.c=$$(BUILD)/$(1)/%.o)
$(1)_LINK = @echo "  LINK  $$@"; $(2) $(3) $$(filter %.o,$$^) -lm -o $$@
endef
$(eval $(call NATIVE,release,$$(CC),$(RELEASE)))
$(eval $(call NATIVE,sanitize,$$(CC),$(SANITIZE)))
$(eval $(call NATIVE,clang,$$(CLANG),$(RELEASE)))
# Objects are kept, and know which headers they were made with.
.SECONDARY:
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

$(BUILD)/kmeans: $(release_ENGINE) $(COMMAND:%.c=$(BUILD)/release/%.o)
	$(release_LINK)

$(BUILD)/kmeans-clang: $(clang_ENGINE) $(COMMAND:%.c=$(BUILD)/clang/%.o)
	$(clang_LINK)

# One call of emcc compiles all that changed: starting it costs more than a file does.
WASM_SOURCES := $(ENGINE) c/wasm.c
$(BUILD)/kmeans.wasm: $(WASM_SOURCES) $(HEADERS) emsdk-version.txt c/emcc.sh Makefile
	@echo "  EMCC  $@"
	$(eval changed := $(if $(and $(wildcard $@),$(if $(filter-out $(WASM_SOURCES),$?),,yes)),$?,$(WASM_SOURCES)))
	@$(if $(filter $(words $(changed)),$(words $(WASM_SOURCES))),rm -rf $(BUILD)/wasm &&) mkdir -p $(BUILD)/wasm
	@emcc=$$(c/emcc.sh) && root=$$PWD && cd $(BUILD)/wasm && \
	$(call emcc_compile,-Os,$(filter $(SMALL),$(changed))) && \
	$(call emcc_compile,-O2,$(filter $(SHORT),$(changed))) && \
	$(call emcc_compile,-O3,$(filter-out $(SMALL) $(SHORT),$(changed))) && \
	$$emcc $(WASM_LINK) $(notdir $(WASM_SOURCES:.c=.o)) -o $$root/$@
emcc_compile = $(if $(2),$$emcc $(1) $(subst -Ic,-I$$root/c,$(WASM_COMPILE)) -c $(addprefix $$root/,$(2)),true)

$(BUILD)/tables: c/tables.c c/params.c c/number.c $(HEADERS)
	@mkdir -p $(@D)
	@echo "  CC  $@"
	@$(CC) $(CFLAGS_ALL) c/tables.c c/params.c c/number.c -o $@

# --- page ----------------------------------------------------------------------------------------------------------

web/src/generated/tables.ts: $(BUILD)/tables
	@mkdir -p $(@D)
	$< > $@

web/src/generated/%.ts: $(BUILD)/tables
	@mkdir -p $(@D)
	$< --$* > $@

web/src/generated/kmeans.wasm: $(BUILD)/kmeans.wasm
	mkdir -p $(@D) && cp $< $@

%/node_modules/.ready: %/package.json %/package-lock.json
	cd $* && npm ci --no-audit --no-fund && touch node_modules/.ready

# The address of the site, if one is given, stands in the page: for another one it is built anew.
.PHONY: always
$(BUILD)/site: always
	@mkdir -p $(@D); echo '$(SITE)' | cmp -s - $@ || echo '$(SITE)' >$@

web/dist/index.html: $(WEB) $(TABLES) $(BUILD)/site web/src/generated/kmeans.wasm web/node_modules/.ready
	cd web && npx vite build && npx vite build --mode single && npx vite build --mode element && touch dist/index.html

# --- tests ---------------------------------------------------------------------------------------------------------

objects = $(patsubst %.c,$(BUILD)/$(1)/%.o,$(2))

$(BUILD)/unit-release: $(release_ENGINE) $(call objects,release,$(UNIT_TESTS))
	$(release_LINK)
$(BUILD)/unit-sanitize: $(sanitize_ENGINE) $(call objects,sanitize,$(UNIT_TESTS))
	$(sanitize_LINK)
$(BUILD)/unit-release-clang: $(clang_ENGINE) $(call objects,clang,$(UNIT_TESTS))
	$(clang_LINK)

# tests/program/call.c calls the functions of a program one by one.
$(BUILD)/program-cases: $(sanitize_ENGINE) $(call objects,sanitize,$(addprefix tests/program/,cases.c values.c call.c))
	$(sanitize_LINK)
# Programs, what they are called with and what the evaluator gives, for the other back end and for NumPy.
$(BUILD)/program-random: $(release_ENGINE) $(call objects,release,$(addprefix tests/program/,random.c call.c))
	$(release_LINK)
$(BUILD)/programs.jsonl: $(BUILD)/program-random
	$< 10000 $@ $(BUILD)/programs.bin
# The module's own objects, and in addition those calls.
$(BUILD)/program.wasm: $(BUILD)/kmeans.wasm tests/program/call.c tests/program/call.h
	@echo "  EMCC  $@"
	@emcc=$$(c/emcc.sh) && root=$$PWD && cd $(BUILD)/wasm && mkdir -p calls && \
	$$emcc -Os $(subst -Ic,-I$$root/c,$(WASM_COMPILE)) -c $$root/tests/program/call.c -o calls/call.o && \
	$$emcc $(WASM_LINK) $(notdir $(WASM_SOURCES:.c=.o)) calls/call.o -o $$root/$@

$(BUILD)/fuzz-program: $(call objects,sanitize,tests/program/call.c)
$(BUILD)/fuzz-%: $(sanitize_ENGINE) $(BUILD)/sanitize/tests/fuzz/%_fuzz.o $(call objects,sanitize,tests/fuzz/driver.c)
	$(sanitize_LINK)
$(BUILD)/bench-fit: $(release_ENGINE) $(call objects,release,tests/bench/fit.c)
	$(release_LINK)

TEST_PROGRAMS := $(BUILD)/kmeans $(BUILD)/kmeans.wasm $(BUILD)/unit-release $(BUILD)/unit-sanitize \
	$(BUILD)/program-cases $(BUILD)/programs.jsonl $(BUILD)/program.wasm $(BUILD)/fuzz-csv $(BUILD)/fuzz-program
# The same again by clang, where it is.
ifneq ($(shell command -v $(CLANG)),)
TEST_PROGRAMS += $(BUILD)/unit-release-clang $(BUILD)/kmeans-clang
endif

# The page as a site of some address has it, in a folder.
$(BUILD)/site-tested/.ready: web/dist/index.html tests/e2e/site.mjs
	node tests/e2e/site.mjs && touch $@

test: $(TEST_PROGRAMS) web/dist/index.html $(BUILD)/site-tested/.ready tests/node_modules/.ready ## Build and run every test
	PYTHON=$$(tests/python.sh) node tests/run.mjs $(ONLY)

lessons: $(BUILD)/kmeans.wasm $(TABLES) web/node_modules/.ready ## Print each number the page states beside what the engine measures
	@LESSONS_TABLE=1 node tests/lessons/claims.test.mjs >$(BUILD)/lessons.log

bench: $(BUILD)/kmeans.wasm $(BUILD)/bench-fit tests/node_modules/.ready ## Race the engine against brute force, ml-kmeans, skmeans, scikit-learn and R
	PYTHON=$$(tests/python.sh) node tests/bench/bench.mjs $(ONLY)

bench-page: $(BUILD)/kmeans.wasm web/dist/index.html tests/node_modules/.ready ## Time the page at a million points
	CHROMIUM=$$(tests/browsers.sh chromium) && export CHROMIUM && node tests/bench/page.mjs

fuzz: $(BUILD)/fuzz-csv $(BUILD)/fuzz-program ## Fuzz the two parsers for longer (RUNS=)
	$(BUILD)/fuzz-csv -runs=$(RUNS) -dict=tests/fuzz/csv.dict -artifact_prefix=$(BUILD)/ tests/fuzz/seeds/csv
	$(BUILD)/fuzz-program -runs=$(RUNS) -dict=tests/fuzz/program.dict -artifact_prefix=$(BUILD)/ tests/fuzz/seeds/program
RUNS ?= 1000000

check: web/node_modules/.ready tests/node_modules/.ready $(TABLES) web/src/generated/kmeans.wasm ## Check format, lint and types
	@if command -v clang-format >/dev/null; then clang-format --dry-run -Werror $(FORMATTED); else echo "clang-format is not here: C format not checked"; fi
	cd web && npm run --silent check

format: web/node_modules/.ready ## Format C, TypeScript and JavaScript in place
	clang-format -i $(FORMATTED)
	cd web && npm run --silent format

FORMATTED := $(wildcard c/*.[ch] c/program/*.[ch] tests/*/*.[ch])
