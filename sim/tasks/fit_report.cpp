#include "coalis/tasks/fit_report.hpp"

#include <fmt/format.h>

#include "coalis/io/answers/check_json.hpp"
#include "coalis/report/pages/fit_charts.hpp"

namespace coalis {

report::FitAndChecks read_fit(const std::filesystem::path& path, const ComparisonFile& file,
                              const std::filesystem::path& comparison) {
  const report::NamedCheck named{read_check(path), path.filename().string()};
  const std::string posterior = named.check.posterior.string(), &hash = named.check.posterior_hash;
  const bool same = file.sets && (hash.empty() ? file.sets->file == posterior : file.sets->hash == hash);
  if (!same)
    throw OtherFit(
        fmt::format("--fit {}: checks the posterior {}, but {} was made with {}; make it again with --parameters {}, or "
                    "leave --fit out",
                    path.string(), posterior, comparison.string(),
                    file.sets ? fmt::format("the parameter sets of {}{}", file.sets->file,
                                            file.sets->file == posterior ? ", which have changed since" : "")
                              : std::string("the scenarios' own parameters"),
                    posterior));
  return report::fit_and_checks(named);
}

report::FitPage read_fit_page(const std::vector<std::string>& paths, const std::string& title, const std::string& command) {
  std::vector<report::NamedCheck> checks;
  for (const std::string& path : paths) {
    checks.push_back({read_check(path), std::filesystem::path(path).filename().string()});
    if (!alike(checks.back().check, checks.front().check))
      throw json_file_error(
          path, check_format,
          fmt::format("has other items, answers or parameters than {}: they cannot stand side by side", paths.front()));
  }
  return report::fit_page(checks, title, command);
}

}  // namespace coalis
