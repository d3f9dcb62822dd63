#!/usr/bin/env bash
# The address and undefined-behaviour sanitizers over what reads files of others and over the engine (clang, preset fuzz): every fuzz target
# replays its seeds and finds and looks for new inputs for ten seconds; the program runs, compares, sweeps, fits and reads damaged files of
# every format; runs of the seven scenarios, alone and paired, have the same bits as without.
source "$(dirname "${BASH_SOURCE[0]}")/../../scripts/common.sh"

configure fuzz
targets=(coalis record_hashes)
for source in tests/fuzz/targets/*.cpp; do targets+=("fuzz_$(basename "$source" .cpp)"); done
build fuzz "${targets[@]}"

status=0
scripts/fuzz --seconds 10 --seed 1 || status=1
build ci failing_call >/dev/null
library=$(echo build/ci/tests/*failing_call.so)
COALIS_MUTATIONS=3 COALIS_PROGRAM=$PWD/build/fuzz/coalis COALIS_FAILING_CALL=$PWD/$library PYTHONDONTWRITEBYTECODE=1 UBSAN_OPTIONS=print_stacktrace=1 \
  /usr/bin/python3 -m pytest -q -p no:cacheprovider tests/fuzz/file_mutations_test.py tests/fuzz/hdf5_mutations_test.py || status=1
tests/bits/compare.sh fuzz || status=1
exit "$status"
