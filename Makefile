# K-Means, visualized. `make help` lists what one can do.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PORT ?= 8080
BUILD ?= build

# --- sources -----------------------------------------------------------------------------------------------

HEADERS := $(wildcard c/*.h c/program/*.h c/defs/*.def)
COMMAND := $(wildcard c/cli*.c)
ENGINE := $(filter-out $(COMMAND) c/tables.c c/wasm.c,$(wildcard c/*.c c/program/*.c))
UNIT_TESTS := $(wildcard tests/c/*.c)
TABLES := web/src/generated/tables.ts web/src/generated/language.ts
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
SMALL := $(filter c/program/% c/csv% c/text.c c/number.c c/params.c c/agreement.c c/standardize.c,$(ENGINE))
CLANG ?= clang

# --- what one can do -------------------------------------------------------------------------------------------

.PHONY: help build dist run dev test check format bench fuzz size clean
help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1@\2/p' $(MAKEFILE_LIST) | awk -F@ '{ printf "%-16s %s\n", $$1, $$2 }'

build: $(BUILD)/kmeans web/dist/index.html ## Build the command, the engine in WebAssembly and the page

run: build ## Build and serve the page on http://localhost:8080/ (PORT= to change)
	cd web && npx vite preview --port $(PORT) --strictPort

dev: web/src/generated/kmeans.wasm $(TABLES) web/node_modules/.ready ## Serve the page and rebuild it as files change
	@( while sleep 1; do $(MAKE) --silent web/src/generated/kmeans.wasm $(TABLES) || true; done ) & \
	watcher=$$!; trap 'kill $$watcher' EXIT INT TERM; cd web && npx vite --port $(PORT) --strictPort

dist: build ## Build web/dist for a static host, with compressed copies beside the files
	node web/compress.mjs

size: web/dist/index.html ## Print what a visit downloads; fail above the budget
	node tests/size.mjs

clean: ## Remove everything built
	rm -rf $(BUILD) web/dist web/src/generated

# --- engine --------------------------------------------------------------------------------------------------------

$(BUILD)/kmeans: $(ENGINE) $(COMMAND) $(HEADERS)
	@mkdir -p $(@D)
	@echo "  CC  $@"
	@$(CC) $(RELEASE) $(ENGINE) $(COMMAND) -o $@

$(BUILD)/kmeans-clang: $(ENGINE) $(COMMAND) $(HEADERS)
	@mkdir -p $(@D)
	@echo "  CLANG  $@"
	@$(CLANG) $(RELEASE) $(ENGINE) $(COMMAND) -o $@

$(BUILD)/kmeans.wasm: $(ENGINE) c/wasm.c $(HEADERS) emsdk-version.txt
	@rm -rf $(BUILD)/wasm && mkdir -p $(BUILD)/wasm
	@echo "  EMCC  $@"
	@emcc=$$(c/emcc.sh) && root=$$PWD && cd $(BUILD)/wasm && \
	$$emcc -Os $(subst -Ic,-I$$root/c,$(WASM_COMPILE)) -c $(addprefix $$root/,$(SMALL)) && \
	$$emcc -O3 $(subst -Ic,-I$$root/c,$(WASM_COMPILE)) -c $(addprefix $$root/,$(filter-out $(SMALL),$(ENGINE)) c/wasm.c) && \
	$$emcc $(WASM_LINK) *.o -o $$root/$@

$(BUILD)/tables: c/tables.c c/params.c $(HEADERS)
	@mkdir -p $(@D)
	@echo "  CC  $@"
	@$(CC) $(CFLAGS_ALL) c/tables.c c/params.c -o $@

# --- page ----------------------------------------------------------------------------------------------------------

web/src/generated/tables.ts: $(BUILD)/tables
	@mkdir -p $(@D)
	$< > $@

web/src/generated/language.ts: $(BUILD)/tables
	@mkdir -p $(@D)
	$< --language > $@

web/src/generated/kmeans.wasm: $(BUILD)/kmeans.wasm
	mkdir -p $(@D) && cp $< $@

%/node_modules/.ready: %/package.json %/package-lock.json
	cd $* && npm ci --no-audit --no-fund && touch node_modules/.ready

web/dist/index.html: $(WEB) $(TABLES) web/src/generated/kmeans.wasm web/node_modules/.ready
	cd web && npx vite build && npx vite build --mode single && npx vite build --mode element && touch dist/index.html

# --- tests ---------------------------------------------------------------------------------------------------------

$(BUILD)/unit-release: $(ENGINE) $(UNIT_TESTS) $(HEADERS) tests/c/check.h
	@mkdir -p $(@D)
	@echo "  CC  $@"
	@$(CC) $(RELEASE) $(ENGINE) $(UNIT_TESTS) -lm -o $@

$(BUILD)/unit-sanitize: $(ENGINE) $(UNIT_TESTS) $(HEADERS) tests/c/check.h
	@mkdir -p $(@D)
	@echo "  CC  $@"
	@$(CC) $(SANITIZE) $(ENGINE) $(UNIT_TESTS) -lm -o $@

$(BUILD)/unit-release-clang: $(ENGINE) $(UNIT_TESTS) $(HEADERS) tests/c/check.h
	@mkdir -p $(@D)
	@echo "  CLANG  $@"
	@$(CLANG) $(RELEASE) $(ENGINE) $(UNIT_TESTS) -lm -o $@

$(BUILD)/program-cases: $(ENGINE) tests/program/cases.c $(HEADERS)
	@mkdir -p $(@D)
	@echo "  CC  $@"
	@$(CC) $(SANITIZE) $(ENGINE) tests/program/cases.c -o $@

$(BUILD)/fuzz-%: $(ENGINE) tests/fuzz/%_fuzz.c tests/fuzz/driver.c $(wildcard tests/fuzz/*.h) $(HEADERS)
	@mkdir -p $(@D)
	@echo "  CC  $@"
	@$(CC) $(SANITIZE) $(ENGINE) tests/fuzz/$*_fuzz.c tests/fuzz/driver.c -o $@

$(BUILD)/bench-fit: $(ENGINE) tests/bench/fit.c $(HEADERS)
	@mkdir -p $(@D)
	@echo "  CC  $@"
	@$(CC) $(RELEASE) $(ENGINE) tests/bench/fit.c -o $@

TEST_PROGRAMS := $(BUILD)/kmeans $(BUILD)/kmeans.wasm $(BUILD)/unit-release $(BUILD)/unit-sanitize \
	$(BUILD)/program-cases $(BUILD)/fuzz-csv $(BUILD)/fuzz-program
# The same again by clang, where it is.
ifneq ($(shell command -v $(CLANG)),)
TEST_PROGRAMS += $(BUILD)/unit-release-clang $(BUILD)/kmeans-clang
endif

test: $(TEST_PROGRAMS) web/dist/index.html tests/node_modules/.ready ## Build and run every test
	CHROMIUM=$$(tests/browsers.sh chromium) && export CHROMIUM && \
	FIREFOX=$$(tests/browsers.sh firefox || true) WEBKIT=$$(tests/browsers.sh webkit || true) node tests/run.mjs $(ONLY)

bench: $(BUILD)/kmeans.wasm $(BUILD)/bench-fit ## Race the engine: wasm, native, plain JavaScript
	node tests/bench/bench.mjs

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
