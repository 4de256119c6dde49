#!/bin/sh
# Prints the browser to test with, got through apt where that can be: `browsers.sh chromium | firefox | webkit`. What
# cannot be had is said on standard error and ends with 1; of WebKit it is the driver, which starts the browser. Of
# Chromium the headless shell comes first: the same engine without a browser's windows, whose hidden parts take a third of
# the processor while the tests run.
# $CHROMIUM, $FIREFOX and $WEBKIT choose others.
set -eu
cd "$(dirname "$0")"

first_of() {
    for candidate; do
        if [ -n "$candidate" ] && [ -x "$candidate" ]; then
            echo "$candidate"
            return 0
        fi
    done
    return 1
}

find_it() {
    case $1 in
    chromium)
        first_of "${CHROMIUM:-}" "$(command -v chromium-headless-shell || true)" "$(command -v chromium || true)" "$(command -v chromium-browser || true)" \
            "$(command -v google-chrome || true)" \
            "$(node -e 'try { console.log(require("playwright-core").chromium.executablePath()) } catch {}' 2>/dev/null)" ;;
    firefox) first_of "${FIREFOX:-}" "$(command -v firefox-esr || true)" "$(command -v firefox || true)" ;;
    webkit)
        # It shows its windows on a display, which need not be real.
        command -v Xvfb >/dev/null && first_of "${WEBKIT:-}" "$(command -v WebKitWebDriver || true)" ;;
    esac
}

# Not every distribution has the headless shell.
packages() {
    case $1 in
    chromium) if apt-cache show chromium-headless-shell >/dev/null 2>&1; then echo chromium-headless-shell; else echo chromium; fi ;;
    firefox) echo firefox-esr ;;
    webkit) echo webkit2gtk-driver xvfb ;;
    esac
}

browser=${1:?which browser: chromium, firefox or webkit}
find_it "$browser" && exit 0
as_root=
if [ "$(id -u)" != 0 ]; then as_root=$(command -v sudo || true); fi
if command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || [ -n "$as_root" ]; }; then
    $as_root apt-get update -qq >&2 || true
    echo "Installing $(packages "$browser") with apt" >&2
    # shellcheck disable=SC2046 # one word a package
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $(packages "$browser") >&2 || true
    find_it "$browser" && exit 0
fi
if [ "$browser" = chromium ]; then
    echo "Getting Playwright's Chromium" >&2
    npx playwright-core install chromium >&2
    find_it chromium && exit 0
fi
echo "No $browser could be had: install $(packages "$browser"), or name one in $(echo "$browser" | tr a-z A-Z)" >&2
exit 1
