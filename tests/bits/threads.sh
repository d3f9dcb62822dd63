#!/usr/bin/env bash
# The executor under the thread sanitizer: its tests with made-up runs, and replicates of a scenario, alone and paired, on four
# threads. oneTBB is not instrumented; the order that it keeps is said in sim/ensemble/thread_order.hpp, what happens inside it is
# left out by tests/bits/tsan.txt.
source "$(dirname "${BASH_SOURCE[0]}")/../../scripts/common.sh"

command -v llvm-symbolizer >/dev/null || die "llvm-symbolizer is missing, by whose names tsan.txt goes; run scripts/setup --test"
configure tsan
build tsan test_threads record_hashes
export TSAN_OPTIONS="halt_on_error=1 suppressions=$PWD/tests/bits/tsan.txt"
build/tsan/tests/test_threads
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
tests/bits/compare.sh --expected "$folder" 8
build/tsan/tests/bits/record_hashes 8 4 "$folder"/*.scenario | diff "$folder/expected" - >"$folder/difference" ||
  die "thread sanitizer: a race, or other bits than the optimised program: $(head -n 5 "$folder/difference")"
say "thread sanitizer: no race"
