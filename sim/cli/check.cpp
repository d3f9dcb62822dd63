// coalis check SCENARIO...: reads scenarios and says all that is wrong with them.
#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "coalis/core/counted.hpp"
#include "coalis/io/questions/evidence_file.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "commands.hpp"
#include "print.hpp"
#include "terminal.hpp"

namespace coalis::cli {
namespace {

int check(const std::vector<std::string>& files, const std::vector<std::string>& overrides) {
  int status = success;
  for (const std::string& name : files) {
    const ScenarioFile file = read_scenario(name, overrides);
    if (!print_problems("coalis check", file.diagnostics)) {
      status = bad_input;
      continue;
    }
    if (!file.evidence_path.empty()) {
      const EvidenceFile evidence = read_evidence(file.evidence_path, file.scenario);
      if (!print_problems("coalis check", evidence.diagnostics)) {
        status = bad_input;
        continue;
      }
      print_problems("coalis check", warnings_about_numbers(evidence, file.evidence_path.string(), file.scenario));
    }
    const Scenario& s = file.scenario;
    print_list(fmt::format("{}: ok ({}, {}, {}, {}, {})\n", name, counted(s.organisations.count(), "organisation"),
                           counted(s.regions.size(), "region"), counted(s.hubs.size(), "hub"), counted(s.series.size(), "series"),
                           counted(s.calendar.months, "month")));
  }
  return status;
}

}  // namespace

void add_check(CLI::App& program, int& status) {
  struct Options {
    std::vector<std::string> files, overrides;
  };
  auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand("check", "Read scenarios and their evidence and say all that is wrong with them");
  command->add_option("scenario", options->files, "Scenario files")->required();
  command->add_option("--set", options->overrides, "Change a value first: path=value")->take_all()->allow_extra_args(false);
  command->footer(R"(Examples:
  coalis check scenarios/illinois.toml
  coalis check scenarios/*.toml --set calendar.months=24

Exit codes: 0 all are right (there may be warnings), 2 one is wrong.)");
  command->callback([options, &status] { status = check(options->files, options->overrides); });
}

}  // namespace coalis::cli
