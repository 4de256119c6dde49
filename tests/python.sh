#!/bin/sh
# Prints a python3 that has NumPy: $PYTHON, one on PATH, /usr/bin's, else after installing Debian's python3-numpy. Prints
# nothing, and says why on standard error, when none can be had: the NumPy part of the tests is then skipped.
set -eu

find_python() {
    for candidate in "${PYTHON:-}" "$(command -v python3 || true)" /usr/bin/python3; do
        if [ -n "$candidate" ] && "$candidate" -c "import numpy" 2>/dev/null; then
            echo "$candidate"
            return 0
        fi
    done
    return 1
}

find_python && exit 0
as_root=
if [ "$(id -u)" != 0 ]; then as_root=$(command -v sudo || true); fi
if command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || [ -n "$as_root" ]; }; then
    echo "Installing Debian's python3-numpy package" >&2
    { $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends python3-numpy; } >&2 || true
    find_python && exit 0
fi
echo "No python3 with NumPy could be had: what compares with NumPy is skipped" >&2
