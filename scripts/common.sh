# shellcheck shell=bash
# What the scripts share: the root of the clone as working directory, messages, configuring and building a preset.
# Sourced, never run.
set -euo pipefail
unset CDPATH
cd "$(dirname "${BASH_SOURCE[0]}")/.."

jobs=$(nproc 2>/dev/null || getconf _NPROCESSORS_ONLN)
export CMAKE_BUILD_PARALLEL_LEVEL=$jobs

say() { printf '%s\n' "$*"; }
complain() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; }
die() {
  complain "$*"
  exit 2
}

# configure PRESET [cmake options]: into build/PRESET, with ccache where there is one.
configure() {
  local preset=$1
  shift
  local launcher=()
  if command -v ccache >/dev/null; then launcher=(-D CMAKE_CXX_COMPILER_LAUNCHER=ccache); fi
  cmake --preset "$preset" "${launcher[@]}" "$@"
}

# build PRESET [targets]: everything without a target.
build() {
  local preset=$1
  shift
  local targets=()
  if (($#)); then targets=(--target "$@"); fi
  cmake --build --preset "$preset" "${targets[@]}"
}

# The commit that this branch left the main one at (COALIS_BASE: another); on the main branch the one before the last. Fails without.
changed_since() {
  local base=${COALIS_BASE:-}
  if [[ -z $base ]]; then base=$(git merge-base HEAD origin/main 2>/dev/null || git merge-base HEAD main 2>/dev/null) || base=; fi
  if [[ -z $base || $base == $(git rev-parse HEAD) ]]; then
    base=$(git rev-list -n 1 --before="$(($(git log -1 --format=%ct) - 86400))" HEAD)
  fi
  git rev-parse --verify --quiet "$base^{commit}"
}

# Of sources(), those that differ from a commit, most changed lines first.
changed_sources() {
  {
    git diff --numstat --no-renames --diff-filter=d "$1"
    git ls-files --others --exclude-standard | sed 's/^/1 0 /'
  } | awk '{ print $1 + $2, $3 }' | sort -k1,1nr -k2 | cut -d ' ' -f 2 | grep -Fx -f <(sources) || true
}

# The C++ sources of the project, one path a line: those git knows and those not yet added.
sources() {
  git ls-files --cached --others --exclude-standard -- \
    'include/*.hpp' 'sim/*.hpp' 'sim/*.cpp' 'tests/*.hpp' 'tests/*.cpp' 'bench/*.hpp' 'bench/*.cpp' 'examples/*.cpp' |
    while read -r file; do if [[ -f $file ]]; then say "$file"; fi; done
}
