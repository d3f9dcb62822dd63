#include "bundle_texts.hpp"

#include <fmt/format.h>

#include "coalis/core/build_info.hpp"
#include "coalis/engine/simulate.hpp"

namespace coalis {
namespace {

constexpr const char* script_head = R"sh(#!/bin/sh
# Makes the results of this bundle again with the installed coalis (or $COALIS_PROGRAM) and compares them with those that it holds.
# Exit codes: 0 all are equal, 1 a result differs, 2 there is no coalis of this model version, 3 the bundle is not as it was made, or
# its results could not be made again.
set -eu
failed() {
  echo "rerun: $1" >&2
  exit 3
}
program=${COALIS_PROGRAM:-coalis}
case "$program" in
  /*) ;;
  */*) program=$PWD/$program ;;
esac
cd "$(dirname "$(readlink -f "$0")")" || failed "the folder of this script cannot be entered"
)sh";

// {0}: version of the model
constexpr const char* script_checks = R"sh(
sha256sum --check --quiet --strict SHA256SUMS || failed "this bundle is not as it was made; take another copy of it"
if ! installed=$("$program" --version); then
  echo "rerun: there is no $program; install it, or name it by COALIS_PROGRAM" >&2
  exit 2
fi
case "$installed" in
  *"(model {0},"*) ;;
  *)
    echo "rerun: these results are of model version {0}, and this is $installed; only equal versions give equal results" >&2
    exit 2
    ;;
esac
work=$(mktemp -d) || failed "no temporary folder can be made; set TMPDIR to one that can be written"
trap 'rm -rf "$work"' EXIT
results=$work/results
no_room="nothing can be written in $work; make room, or set TMPDIR to another folder"
mkdir "$results" || failed "$no_room"
grep '  results/' SHA256SUMS >"$work/RESULTS" || failed "$no_room"
cp -R inputs "$work/inputs" || failed "$no_room"
cd "$work/inputs"
)sh";

constexpr const char* script_end = R"sh(cd "$work"
if ! sha256sum --check --strict RESULTS; then
  echo "rerun: results differ from those of the bundle" >&2
  exit 1
fi
echo "All results are equal."
)sh";

}  // namespace

std::string rerun_script(const BundleTexts& texts) {
  std::string text = script_head + fmt::format(fmt::runtime(script_checks), model_version);
  for (const std::string& command : texts.commands)
    text += "\"$program\" " + command + " || failed \"a command has failed; what it says stands above\"\n";
  return text + script_end;
}

std::string bundle_readme(const BundleTexts& texts) {
  const BuildInfo& build = build_info();
  std::string commands;
  for (const std::string& command : texts.commands) commands += "    coalis " + command + "\n";
  return fmt::format(
      "# {}\n\n{}\n\nA study made with Coalis {} (model {}, commit {}): what it was made from, its results, and how to make them "
      "again.\n\n"
      "| | |\n|---|---|\n"
      "| `inputs/` | the study, its scenarios with all that they include, evidence and parameter sets |\n"
      "| `results/` | its runs as tables (CSV), every column in `data_dictionary.csv`; its answer, if it has one |\n"
      "| `rerun` | makes the results again and compares: `./rerun` |\n"
      "| `SHA256SUMS` | hashes of all files: `sha256sum --check SHA256SUMS` |\n"
      "| `LICENSE`, `CITATION.cff` | of Coalis and of the scenarios that come with it; say your own for inputs of yours |\n\n"
      "Equal inputs and model version give equal results on every machine. What `rerun` does in a copy of `inputs/`:\n\n{}",
      texts.name, texts.question, build.version, model_version, build.commit, commands);
}

}  // namespace coalis
