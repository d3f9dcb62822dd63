#!/usr/bin/env bash
# The library as an installed copy: a program outside of the tree (examples/ask) is configured, built and run against it, and has the
# figures of the program that is installed with it.
#
#   tests/property/installed.sh [PRESET]   ci, which is built
source "$(dirname "${BASH_SOURCE[0]}")/../../scripts/common.sh"

preset=${1:-ci}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
build "$preset" coalis_library coalis
cmake --install "build/$preset" --prefix "$folder/installed" >"$folder/log" || die "installing failed: $(tail -n 5 "$folder/log")"
cp -r examples/ask "$folder/ask"
cmake -S "$folder/ask" -B "$folder/build" -G Ninja -D CMAKE_BUILD_TYPE=Release -D CMAKE_PREFIX_PATH="$folder/installed" >"$folder/log" ||
  die "configuring failed: $(tail -n 20 "$folder/log")"
cmake --build "$folder/build" >"$folder/log" || die "building failed: $(tail -n 20 "$folder/log")"
answer=$("$folder/build/ask" scenarios/illinois.toml)
say "$answer"
"$folder/installed/bin/coalis" run scenarios/illinois.toml --replicates 100 --quiet --json >"$folder/answer.json"
/usr/bin/python3 - "$answer" "$folder/answer.json" <<'TEXT'
import json
import re
import sys

engaged = json.load(open(sys.argv[2]))["outcomes"]["engaged"]
expected = f"engaged: {engaged['mean']:.4f}, standard error {engaged['se']:.4f}, 100 replicates"
sys.exit(None if sys.argv[1] == expected else f"the program says: {expected}")
TEXT
