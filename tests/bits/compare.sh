#!/usr/bin/env bash
# Same bits from other builds: hashes of the seven scenarios' replicates, alone and paired, as the optimised g++ build has them (ci),
# by g++ without optimisation (debug), by clang with its vectors (clang) and by clang with sanitizers (fuzz).
#
#   tests/bits/compare.sh PRESET...   debug, clang, fuzz
#   tests/bits/compare.sh --expected FOLDER [REPLICATES]   leaves the scenarios and the expected lines there, for machines that are no preset
source "$(dirname "${BASH_SOURCE[0]}")/../../scripts/common.sh"

scenarios=(scenarios/illinois.toml tests/docking/data/[b-g]-*.toml)

# expected FOLDER REPLICATES: the scenarios as bytes, and their hashes by preset ci, which is configured.
expected() {
  local folder=$1 replicates=$2 scenario
  build ci pack_scenario record_hashes
  for scenario in "${scenarios[@]}"; do
    build/ci/tests/bits/pack_scenario "$scenario" >"$folder/$(basename "$scenario" .toml).scenario"
  done
  (cd "$folder" && "$OLDPWD/build/ci/tests/bits/record_hashes" "$replicates" 2 ./*.scenario) >"$folder/expected"
  (($(wc -l <"$folder/expected") == ${#scenarios[@]} * (1 + 3 * replicates))) || die "hashes are missing in $folder/expected"
}

if [[ ${1:-} == --expected ]]; then
  expected "$2" "${3:-20}"
  exit
fi
(($#)) || die "usage: tests/bits/compare.sh PRESET..."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
expected "$folder" 20

different=0
for preset in "$@"; do
  # What the preset's tests need was asked for by whoever configured it; else only what a run needs.
  [[ -f build/$preset/CMakeCache.txt ]] || configure "$preset" -D COALIS_TESTS=OFF
  build "$preset" record_hashes
  if "build/$preset/tests/bits/record_hashes" 20 3 "$folder"/*.scenario | diff "$folder/expected" - >"$folder/difference"; then
    say "$preset: $((${#scenarios[@]} * 60)) runs have the same bits"
  else
    complain "$preset: other bits; the first lines that differ (< expected):"
    head -n 5 "$folder/difference" >&2
    different=1
  fi
done
exit "$different"
