#!/bin/sh
# Prints the Chromium to test with: $CHROMIUM, one on PATH, else Debian's package, else Playwright's own download.
set -eu
cd "$(dirname "$0")"

find_chromium() {
    for candidate in "${CHROMIUM:-}" "$(command -v chromium || true)" "$(command -v chromium-browser || true)" \
        "$(command -v google-chrome || true)" \
        "$(node -e 'try { console.log(require("playwright-core").chromium.executablePath()) } catch {}' 2>/dev/null)"; do
        if [ -n "$candidate" ] && [ -x "$candidate" ]; then
            echo "$candidate"
            return 0
        fi
    done
    return 1
}

find_chromium && exit 0
as_root=
if [ "$(id -u)" != 0 ]; then as_root=$(command -v sudo || true); fi
if command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || [ -n "$as_root" ]; }; then
    echo "Installing Debian's chromium package" >&2
    { $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium; } >&2 || true
    find_chromium && exit 0
fi
echo "Getting Playwright's Chromium" >&2
npx playwright-core install chromium >&2
find_chromium || { echo "No Chromium could be had; install one or set CHROMIUM=/path/to/it" >&2; exit 1; }
