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
WEB := $(shell find web datasets -name node_modules -prune -o -name dist -prune -o -name generated -prune -o -type f -print 2>/dev/null)

# --- compilers ---------------------------------------------------------------------------------------------

# One operation of the source is one IEEE operation: no contraction, so that native and wasm agree to the bit. Without
# errno a square root is one instruction, and nothing of libm is linked.
CFLAGS_ALL := -std=c11 -Ic -Wall -Wextra -Wshadow -Wconversion -Werror -ffp-contract=off -fno-math-errno
RELEASE := $(CFLAGS_ALL) -O3
SANITIZE := $(CFLAGS_ALL) -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
# The stack stands first in memory, so that an overflow traps instead of writing over data.
WASM_FLAGS := $(CFLAGS_ALL) -O3 -flto -msimd128 -sSTANDALONE_WASM --no-entry -sALLOW_MEMORY_GROWTH \
	-sMAXIMUM_MEMORY=4GB -sTOTAL_STACK=524288 -Wl,--stack-first
CLANG ?= clang

# --- what one can do -------------------------------------------------------------------------------------------

.PHONY: help build run dev test check format bench fuzz size clean
help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1@\2/p' $(MAKEFILE_LIST) | awk -F@ '{ printf "%-16s %s\n", $$1, $$2 }'

build: $(BUILD)/kmeans web/dist/index.html ## Build the command, the engine in WebAssembly and the page

run: build ## Build and serve the page on http://localhost:8080/ (PORT= to change)
	cd web && npx vite preview --port $(PORT) --strictPort

dev: web/src/generated/kmeans.wasm web/src/generated/tables.ts web/node_modules/.ready ## Serve the page and rebuild it as files change
	@( while sleep 1; do $(MAKE) --silent web/src/generated/kmeans.wasm web/src/generated/tables.ts || true; done ) & \
	watcher=$$!; trap 'kill $$watcher' EXIT INT TERM; cd web && npx vite --port $(PORT) --strictPort

size: web/dist/index.html ## Print what a visit downloads; fail above the budget
	node tests/size.mjs

clean: ## Remove everything built
	rm -rf $(BUILD) web/dist web/src/generated

# --- engine --------------------------------------------------------------------------------------------------------

$(BUILD):
	mkdir -p $@

$(BUILD)/kmeans: $(ENGINE) $(COMMAND) $(HEADERS) | $(BUILD)
	$(CC) $(RELEASE) $(ENGINE) $(COMMAND) -o $@

$(BUILD)/kmeans-clang: $(ENGINE) $(COMMAND) $(HEADERS) | $(BUILD)
	$(CLANG) $(RELEASE) $(ENGINE) $(COMMAND) -o $@

$(BUILD)/kmeans.wasm: $(ENGINE) c/wasm.c $(HEADERS) emsdk-version.txt | $(BUILD)
	emcc=$$(c/emcc.sh) && $$emcc $(WASM_FLAGS) $(ENGINE) c/wasm.c -o $@

$(BUILD)/tables: c/tables.c $(HEADERS) | $(BUILD)
	$(CC) $(CFLAGS_ALL) $< -o $@

# --- page ----------------------------------------------------------------------------------------------------------

web/src/generated/tables.ts: $(BUILD)/tables
	mkdir -p $(@D) && $< > $@

web/src/generated/kmeans.wasm: $(BUILD)/kmeans.wasm
	mkdir -p $(@D) && cp $< $@

%/node_modules/.ready: %/package.json %/package-lock.json
	cd $* && npm ci --no-audit --no-fund && touch node_modules/.ready

web/dist/index.html: $(WEB) web/src/generated/tables.ts web/src/generated/kmeans.wasm web/node_modules/.ready
	cd web && npx vite build && touch dist/index.html

# --- tests ---------------------------------------------------------------------------------------------------------

$(BUILD)/unit-release: $(ENGINE) $(UNIT_TESTS) $(HEADERS) tests/c/check.h | $(BUILD)
	$(CC) $(RELEASE) $(ENGINE) $(UNIT_TESTS) -lm -o $@

$(BUILD)/unit-sanitize: $(ENGINE) $(UNIT_TESTS) $(HEADERS) tests/c/check.h | $(BUILD)
	$(CC) $(SANITIZE) $(ENGINE) $(UNIT_TESTS) -lm -o $@

$(BUILD)/unit-release-clang: $(ENGINE) $(UNIT_TESTS) $(HEADERS) tests/c/check.h | $(BUILD)
	$(CLANG) $(RELEASE) $(ENGINE) $(UNIT_TESTS) -lm -o $@
