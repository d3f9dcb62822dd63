// Scenarios compared replicate by replicate.
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <optional>
#include <utility>

#include "asking.hpp"
#include "coalis/ensemble/resources.hpp"
#include "coalis/io/answers/comparison_json.hpp"
#include "coalis/report/words/comparison_text.hpp"
#include "coalis/tasks/fit_report.hpp"
#include "coalis/tasks/keep_comparison.hpp"
#include "coalis/tasks/report.hpp"
#include "kept_records.hpp"
#include "rules.hpp"
#include "scenario.hpp"

namespace coalis::python {
namespace {

// Of every replicate, one a scenario.
class KeptPairs final : public ComparisonSink {
 public:
  explicit KeptPairs(KeptRecords& records) : records_(records) {}
  void add(const Comparison&, std::span<const RunRecord> records) override {
    for (const RunRecord& record : records) records_.add(record);
  }
  void finish(const ComparisonAnswer&) override {}

 private:
  KeptRecords& records_;
};

// An answer and the records that it is of, so that its file can be written when it is asked for.
struct Compared {
  ComparisonAnswer answer;
  KeptRecords records;
  int threads;

  void write(const std::string& path, bool overwrite, const std::string& command) const {
    done_beside_python([&](const Watch& watch) {
      ComparisonKeeper keeper(path, overwrite, answer.question, command, threads);
      std::vector<RunRecord> of_replicate(answer.question.scenarios.size());
      for (std::size_t k = 0; k < records.size() && !watch.cancelled();) {
        for (RunRecord& record : of_replicate) records.get(k++, record);
        keeper.add(answer.question, of_replicate);
      }
      if (!watch.cancelled()) keeper.finish(answer);
    });
  }
};

// Records are kept: they are counted, too.
void require_room_to_keep(const Comparison& question, int threads) {
  require_room(question, threads, "");
  const auto scenarios = question.own_scenarios();
  Needs needs = ensemble_needs(scenarios, comparison_recording, question.precision ? 1 : question.replicates, threads);
  for (const Scenario& scenario : scenarios) needs.replicate_memory += record_bytes(scenario, comparison_recording);
  require_room(needs);
}

// Structures differ in what a rule stands for.
void refuse_decisions(const Asked<Comparison>& asked) {
  if (asked.ok() && asked.question->switches.at(1))
    throw_problems("AskError", {option_problem("", "structures=: a rule stands in the place of every decision",
                                               "compare structures of engagement or influence alone")});
}

py::tuple compared(const std::vector<const GivenScenario*>& given, ComparisonOptions options, int threads,
                   const py::object& asked_rules, const py::object& ear) {
  std::vector<ScenarioFile> files;
  for (const GivenScenario* one : given) {
    options.scenarios.push_back(one->name());
    files.push_back(one->file());
  }
  Asked<Comparison> asked;
  std::optional<ComparisonAnswer> answer;
  KeptRecords records;
  RulesOfPython rules(asked_rules, ear);
  const auto carry_out = [&](const Watch& watch) {
    KeptPairs keep(records);
    answer.emplace(compare(std::move(*asked.question), threads, watch, &keep, rules.all()));
  };
  py::object raised = beside_python(ear, [&](const Watch& watch) {
    const auto fits = [threads](const Comparison& question) { require_room_to_keep(question, threads); };
    asked = read_comparison(options, std::move(files), watch, fits);
    if (!is_question(asked, watch)) return;
    if (!asked.question->sets) fits(*asked.question);
    if (rules.empty()) carry_out(watch);
  });
  require_question(asked);
  if (!rules.empty()) refuse_decisions(asked);
  if (asked.ok() && raised.is_none() && !rules.empty()) raised = rules.carry_out(carry_out);
  if (records.size() == 0) return py::make_tuple(py::none(), raised);
  return py::make_tuple(Compared{std::move(*answer), std::move(records), threads}, raised);
}

// The page that a layperson can read, from the comparison's file. epoch: SOURCE_DATE_EPOCH, "" if it is not set.
std::string page_of(const std::string& path, const std::string& headline, const std::string& title, const std::string& question,
                    const std::string& fit, const std::string& command, const std::string& epoch) {
  const py::gil_scoped_release release;
  const ComparisonFile file(path);
  std::optional<report::FitAndChecks> checks;
  if (!fit.empty()) checks = read_fit(fit, file, path);
  const std::string date = page_date(file.provenance.date, epoch.c_str());
  return report::html(read_comparison_page(file, {path, headline, title, question, std::move(checks), command, date}));
}

}  // namespace

void add_comparisons(py::module_& m) {
  py::class_<Compared>(m, "Compared")
      .def("write", &Compared::write)
      .def_property_readonly("replicates", [](const Compared& c) { return c.answer.replicates(); })
      .def_property_readonly("whole", [](const Compared& c) { return c.answer.whole; })
      .def_property_readonly("json", said<Compared>([](const Compared& c) { return json_text(c.answer); }))
      .def_property_readonly("text", said<Compared>([](const Compared& c) { return to_text(c.answer); }));
  m.def("comparison_page", &page_of, py::arg("path"), py::kw_only(), py::arg("headline"), py::arg("title"), py::arg("question"),
        py::arg("fit"), py::arg("command"), py::arg("epoch"));
  m.def(
      "compare",
      [](const std::vector<const GivenScenario*>& given, std::uint32_t replicates, std::uint64_t seed,
         std::vector<std::string> outcomes, std::vector<std::string> matters, double precision, const std::string& on,
         const std::string& equal_budget, double budget, std::vector<std::string> with, std::string from_month,
         std::vector<std::string> structures, const std::string& parameters, int draws, int threads, const py::object& rules,
         const py::object& ear) {
        ComparisonOptions options;
        options.replicates = replicates, options.seed = seed, options.matters = std::move(matters);
        options.all = outcomes.empty(), options.outcomes = std::move(outcomes);
        options.precision = precision, options.on = on, options.lever = equal_budget, options.structures = std::move(structures);
        options.parameters = parameters, options.draws = draws;
        options.budget = budget, options.with = std::move(with), options.from_month = std::move(from_month);
        return compared(given, std::move(options), threads, rules, ear);
      },
      py::arg("scenarios"), py::kw_only(), py::arg("replicates"), py::arg("seed"), py::arg("outcomes"), py::arg("matters"),
      py::arg("precision"), py::arg("on"), py::arg("equal_budget"), py::arg("budget"), py::arg("options"), py::arg("from_month"),
      py::arg("structures"), py::arg("parameters"), py::arg("draws"), py::arg("threads"), py::arg("rules"), py::arg("ear"));
}

}  // namespace coalis::python
