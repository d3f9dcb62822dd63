#!/usr/bin/env bash
# Same bits from other builds: a file made by one build of the program is reproduced by g++ without optimisation and by clang with.
#
#   tests/property/builds.sh PROGRAM   the build that makes the files (scripts/test gives its optimised g++ build)
source "$(dirname "${BASH_SOURCE[0]}")/../../scripts/common.sh"

maker=${1:?usage: tests/property/builds.sh PROGRAM}
scenarios=(scenarios/illinois.toml tests/docking/data/g-stress.toml)
replicates=20

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for scenario in "${scenarios[@]}"; do
  "$maker" run "$scenario" --replicates "$replicates" --quiet -o "$folder/$(basename "$scenario" .toml).h5" >/dev/null
done

different=0
for preset in debug clang; do
  configure "$preset" -D COALIS_TESTS=OFF
  build "$preset" coalis
  for scenario in "${scenarios[@]}"; do
    say "$preset: $scenario"
    "build/$preset/coalis" verify "$folder/$(basename "$scenario" .toml).h5" --sample "$replicates" || different=1
  done
done
exit "$different"
