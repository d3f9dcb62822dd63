#include "coalis/report/words/verified_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "coalis/core/counted.hpp"

namespace coalis {
namespace {

// What is not computed again of each kind of file, which checksums would vouch for.
std::string unchecked(const Verified& v) {
  if (v.has_checksums) return "";
  const char* what = v.of == Verified::Of::runs         ? "replicates left out, histograms, quantiles"
                     : v.of == Verified::Of::comparison ? "replicates left out, and all that is named above"
                                                        : "runs left out, and all but hashes and outcomes";
  return fmt::format(" The file has no checksums (it is of an older program): what is not computed again ({}) was not checked.",
                     what);
}

std::string reproduced(const Verified& v) {
  const bool one = v.compared == 1;
  switch (v.of) {
    case Verified::Of::runs:
      return fmt::format("{}: reproduced. {} of its {} {} the recorded hash and the recorded numbers.{}\n", v.file, v.compared,
                         counted(v.held, "replicate"), one ? "was rerun: it has" : "were rerun: all have", unchecked(v));
    case Verified::Of::comparison:
      return fmt::format(
          "{}: reproduced. {} of its {} {} rerun under all {}, and all outcomes and figures of the survey are the recorded ones. "
          "What is computed from them (differences over time, quantiles, structures, variances) was not computed again.{}\n",
          v.file, v.compared, counted(v.held, "replicate"), one ? "was" : "were", counted(v.scenarios, "scenario"), unchecked(v));
    case Verified::Of::study: break;
  }
  return fmt::format("{}: reproduced. {} of its {} {} the recorded hash and outcomes.{}\n", v.file, v.compared,
                     counted(v.held, "run"), one ? "was rerun and has" : "were rerun and all have", unchecked(v));
}

std::string heading(const Verified& v) {
  const std::string begin = v.file + ": NOT reproduced. ";
  if (v.of == Verified::Of::comparison)
    return begin + fmt::format("{} from the recorded figures in {} rerun:\n", counted(v.different.size(), "difference"),
                               counted(v.compared, "replicate"));
  if (v.of == Verified::Of::study)
    return begin + fmt::format("{} from the recorded hashes and outcomes in {} rerun:\n",
                               counted(v.different.size(), "difference"), counted(v.compared, "run"));
  if (v.hashes.empty())
    return begin + fmt::format("The hashes are the recorded ones, but what is recorded beside them is not what {} gave:\n",
                               counted(v.compared, "run"));
  return begin + fmt::format("{} of {} rerun {} from the recorded hash:\n", v.hashes.size(), counted(v.compared, "replicate"),
                             v.hashes.size() == 1 ? "differs" : "differ");
}

std::string list_of(const std::vector<std::string>& lines) {
  constexpr std::size_t most = 20;
  std::string text;
  for (std::size_t i = 0; i < std::min(lines.size(), most); ++i) text += fmt::format("  {}\n", lines[i]);
  if (lines.size() > most) text += fmt::format("  and {} more\n", lines.size() - most);
  return text;
}

}  // namespace

VerifiedText verified_text(const Verified& v) {
  VerifiedText said;
  if (v.reproduced())
    said.text = reproduced(v);
  else
    said.list = heading(v) + list_of(v.hashes.empty() ? v.different : v.hashes);
  if (v.unbuilt > 0)
    said.text += fmt::format(
        "{} of its {} could not be built again from the file alone and {} not rerun; coalis study run does {} anew.\n", v.unbuilt,
        counted(v.points, "point"), v.unbuilt == 1 ? "was" : "were", v.unbuilt == 1 ? "it" : "them");
  return said;
}

std::string wanted_text(const Verified& v) { return counted(v.wanted, v.of == Verified::Of::study ? "run" : "replicate"); }

}  // namespace coalis
