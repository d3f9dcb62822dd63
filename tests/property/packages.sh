#!/usr/bin/env bash
# What scripts/package makes: the files that belong there, man pages for every command, and the folder working by itself: with an empty
# environment, from another place, with no library of this machine but the C library.
#
#   tests/property/packages.sh [PRESET]   ci, which is built
source "$(dirname "${BASH_SOURCE[0]}")/../../scripts/common.sh"

preset=${1:-ci}
scripts/package "$preset"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
root=$PWD

# expect LIST PATTERN...: each pattern names a file of the list.
expect() {
  local list=$1 pattern
  shift
  for pattern in "$@"; do grep -qE "$pattern" "$list" || die "$list has no $pattern"; done
}
contents=(bin/coalis$ share/man/man1/coalis\\.1$ share/man/man1/coalis-study-run\\.1$ share/bash-completion/completions/coalis$
  share/fish/vendor_completions\\.d/coalis\\.fish$ share/coalis/scenarios/illinois\\.toml$ share/coalis/scenarios/posterior/mixture\\.csv$
  share/doc/coalis/copyright$)

tar xzf build/package/coalis-*.tar.gz -C "$folder"
mv "$folder"/coalis-* "$folder/elsewhere"
(cd "$folder/elsewhere" && find . -type f) >"$folder/tar.list"
expect "$folder/tar.list" "${contents[@]}" share/zsh/site-functions/_coalis$ lib/coalis/libtbb lib/coalis/libstdc README.md$ share/doc/coalis/third-party/libhdf5$
if grep -qE '\.(hpp|a|so)$|\.runs/|\.h5$' "$folder/tar.list"; then die "headers, libraries of the build or results are in it"; fi
[[ -z $(find "$folder/elsewhere/share/doc/coalis/third-party" -empty) ]] || die "a library of others has no licence beside it"

alone() { (cd "$folder" && env -i "$folder/elsewhere/bin/coalis" "$@"); }
while read -r library; do
  [[ $library =~ ^(linux-vdso|/lib64/ld-linux|libc\.so|libm\.so|libdl|libpthread|librt) || $library == *"=> $folder/elsewhere/"* ]] ||
    die "it takes a library of this machine: $library"
done < <(cd "$folder" && env -i "$(command -v ldd)" "$folder/elsewhere/bin/coalis")
commands=$(alone help --list | wc -l)
pages=$(grep -c share/man/man1/ "$folder/tar.list")
((commands == pages)) || die "$commands commands and $pages man pages"
scenarios=$folder/elsewhere/share/coalis/scenarios
asked=(compare "$scenarios/illinois.toml" "$scenarios/illinois-three-hubs.toml" --replicates 20 --quiet)
alone "${asked[@]}" >"$folder/answer"
alone "${asked[@]}" -o "$folder/hubs.h5" >/dev/null
alone report "$folder/hubs.h5" -o "$folder/hubs.html" >/dev/null
"$root/build/$preset/coalis" "${asked[@]}" >"$folder/expected"
cmp "$folder/answer" "$folder/expected" || die "the folder's program has another answer"
grep -q '</html>' "$folder/hubs.html" || die "no report"

if compgen -G 'build/package/*.whl' >/dev/null; then
  python=$(sed -n 's/^COALIS_PYTHON:[A-Z]*=//p' "build/$preset/CMakeCache.txt")
  "$python" -m pip install --quiet --no-index --no-deps --no-compile --root-user-action=ignore --target "$folder/python" build/package/*.whl
  answer='import coalis, sys; print(coalis.__file__); coalis.compare(sys.argv[1], sys.argv[2], replicates=20)'
  (cd "$folder" && PYTHONPATH=$folder/python "$python" -c "$answer" "$scenarios/illinois.toml" "$scenarios/illinois-three-hubs.toml") >"$folder/asked"
  grep -q "^$folder/python/" "$folder/asked" || die "the wheel's package is not the one that answers"
elif [[ -d /usr/include/pybind11 ]]; then
  die "no wheel was made"
fi

if compgen -G 'build/package/*.deb' >/dev/null; then
  dpkg-deb --contents build/package/*.deb >"$folder/deb.list"
  expect "$folder/deb.list" "${contents[@]}" share/zsh/vendor-completions/_coalis$ share/doc/coalis/third-party/libhdf5$
  dpkg-deb --field build/package/*.deb Depends >"$folder/depends"
  expect "$folder/depends" libc6 libtbb12 libfmt libstdc
fi
say "packages: $commands commands, $(wc -l <"$folder/tar.list") files, $(stat -c %s build/package/*.tar.gz) bytes as a folder"
