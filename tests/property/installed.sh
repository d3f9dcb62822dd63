#!/usr/bin/env bash
# The library as an installed copy: programs outside of the tree (examples/ask) are configured, built and run against it, and have the
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
hubs=scenarios/illinois-three-hubs.toml
answer=$("$folder/build/ask" scenarios/illinois.toml)
"$folder/build/compare" scenarios/illinois.toml "$hubs" >"$folder/compared.txt"
say "$answer"
say "$(head -n 1 "$folder/compared.txt")"
coalis=$folder/installed/bin/coalis
"$coalis" run scenarios/illinois.toml --replicates 100 --quiet --json >"$folder/answer.json"
"$coalis" compare scenarios/illinois.toml "$hubs" --replicates 100 --outcomes engaged --quiet --json >"$folder/compared.json"
/usr/bin/python3 - "$answer" "$folder" <<'TEXT'
import json
import pathlib
import sys

folder = pathlib.Path(sys.argv[2])
engaged = json.loads((folder / "answer.json").read_text())["outcomes"]["engaged"]
expected = f"engaged: {engaged['mean']:.4f}, standard error {engaged['se']:.4f}, 100 replicates"
assert sys.argv[1] == expected, f"the program says: {expected}"
difference = json.loads((folder / "compared.json").read_text())["differences"]["B"]["engaged"]
expected = f"difference: {difference['difference']:.4f}, standard error {difference['se']:.4f}, {difference['pairs']} pairs"
first, *words = (folder / "compared.txt").read_text().splitlines()
assert first == expected, f"the program says: {expected}"
assert difference["sentences"].split(".")[0] in " ".join(words), "the answer is not in words"
TEXT
