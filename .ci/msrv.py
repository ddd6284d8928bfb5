"""Checks that `rust-version` is what the locked dependencies ask for, no more and no less.

Reads the output of `cargo metadata` from standard input.
"""

import json
import sys


def version(text):
    return tuple(int(part) for part in (text + ".0.0").split(".")[:3])


metadata = json.load(sys.stdin)
root = metadata["resolve"]["root"]
packages = [package for package in metadata["packages"] if package["rust_version"]]
ours = next(package for package in packages if package["id"] == root)["rust_version"]
others = [package for package in packages if package["id"] != root]
highest = max(version(package["rust_version"]) for package in others)

for package in others:
    if version(package["rust_version"]) == highest:
        print(f"{package['name']} {package['version']} needs Rust {package['rust_version']}")
if highest != version(ours):
    sys.exit(f"Cargo.toml says rust-version {ours}")
