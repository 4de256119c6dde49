#!/bin/sh
# Prints a Python 3 that has NumPy: $PYTHON, Debian's, or the first on PATH; else Debian's package is installed.
set -eu

find_python() {
    for candidate in "${PYTHON:-}" /usr/bin/python3 "$(command -v python3 || true)"; do
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
echo "No Python with NumPy could be had; install one or set PYTHON=/path/to/it" >&2
exit 1
