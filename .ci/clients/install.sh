#!/bin/sh
# Installs the clients under target/clients; does nothing when they are there already.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
target=$(cd "$here/../.." && pwd)/target/clients
mkdir -p "$target"

# Versions are pinned, so the files that pin them say whether anything is to be done.
wanted=$(cat "$here/requirements.txt" "$here/package.json" "$here/package-lock.json" | cksum)
if [ "$(cat "$target/installed" 2>/dev/null)" = "$wanted" ]; then
    exit 0
fi

python3 -m venv "$target/venv"
"$target/venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"

cp "$here/package.json" "$here/package-lock.json" "$target"
# No script of a package runs. The inspector wants Node 22, which comes as a package too.
npm ci --prefix "$target" --ignore-scripts --no-audit --no-fund --loglevel=error

echo "$wanted" >"$target/installed"
