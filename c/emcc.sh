#!/bin/sh
# Prints the emcc to build with: of at least the version in emsdk-version.txt. Looks on PATH, then in .emsdk/; gets
# Debian's package where apt-get and root (or sudo) are there, else clones emsdk at that version into .emsdk/.
set -eu
cd "$(dirname "$0")/.."
wanted=$(cat emsdk-version.txt)

version() { "$1" --version 2>/dev/null | sed -n '1s/.* \([0-9][0-9]*\.[0-9]*\.[0-9]*\).*/\1/p'; }
new_enough() {
    found=$(version "$1")
    [ -n "$found" ] && [ "$(printf '%s\n%s\n' "$wanted" "$found" | sort -V | head -n 1)" = "$wanted" ]
}
find_emcc() {
    for candidate in "$(command -v emcc || true)" .emsdk/upstream/emscripten/emcc; do
        if [ -n "$candidate" ] && [ -x "$candidate" ] && new_enough "$candidate"; then
            echo "$candidate"
            return 0
        fi
    done
    return 1
}

find_emcc && exit 0
old=$(command -v emcc || true)
if [ -n "$old" ]; then echo "emcc $(version "$old") is on PATH; this project needs $wanted or later" >&2; fi

as_root=
if [ "$(id -u)" != 0 ]; then as_root=$(command -v sudo || true); fi
if command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || [ -n "$as_root" ]; }; then
    echo "Installing Debian's emscripten package" >&2
    { $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends emscripten; } >&2 || true
    find_emcc && exit 0
fi

echo "Getting emsdk $wanted into .emsdk/" >&2
{
    [ -d .emsdk ] || git clone --depth 1 https://github.com/emscripten-core/emsdk.git .emsdk
    .emsdk/emsdk install "$wanted"
    .emsdk/emsdk activate "$wanted"
} >&2
find_emcc || { echo "No emcc of version $wanted or later could be had; install one and put it on PATH" >&2; exit 1; }
