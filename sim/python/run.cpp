// Replicates of one scenario.
#include "coalis/tasks/run.hpp"

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <limits>
#include <map>
#include <optional>
#include <utility>

#include "asking.hpp"
#include "coalis/ensemble/resources.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/questions/evidence_base.hpp"
#include "coalis/questions/level_trajectory.hpp"
#include "coalis/report/pages/told_page.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "coalis/report/words/run_text.hpp"
#include "coalis/tasks/told.hpp"
#include "kept_records.hpp"
#include "rules.hpp"
#include "scenario.hpp"

namespace coalis::python {
namespace {

class Keeping final : public RunSink {
 public:
  explicit Keeping(KeptRecords& records) : records_(records) {}
  void add(const RunRecord& record) override { records_.add(record); }
  void finish(const RunAnswer&) override {}

 private:
  KeptRecords& records_;
};

Recording recording_of(const RunQuestion& question) {
  return question.further() ? with_sources(question.recording(true)) : question.recording(true);
}

// An answer and the records that it is of, so that its file can be written when it is asked for.
struct Run {
  RunAnswer answer;
  KeptRecords records;
  int threads;

  void write(const std::string& path, bool overwrite, const std::string& command) const {
    done_beside_python([&](const Watch& watch) {
      RunKeeper keeper(path, overwrite, answer.question, command, threads);
      RunRecord record;
      for (std::size_t k = 0; k < records.size() && !watch.cancelled(); ++k) {
        records.get(k, record);
        keeper.add(record);
      }
      if (!watch.cancelled()) keeper.finish(answer);
    });
  }
  py::array_t<std::uint64_t> hashes() const {
    py::array_t<std::uint64_t> array(static_cast<py::ssize_t>(records.size()));
    for (std::size_t k = 0; k < records.size(); ++k) array.mutable_data()[k] = records.hash(k);
    return array;
  }
  // An outcome that is a level, by month: [replicate][month]; none of other outcomes or if it was not recorded.
  std::vector<std::vector<double>> by_month(const std::string& outcome) const {
    std::vector<std::vector<double>> months;
    const auto trajectory = level_trajectory(index_of(all_outcome_quantities(), outcome));
    const auto count = static_cast<std::size_t>(answer.question.scenario.calendar.months);
    if (!trajectory || !recording_of(answer.question).trajectories) return months;
    RunRecord record;
    for (std::size_t k = 0; k < records.size(); ++k) {
      records.get(k, record);
      const auto first = record.trajectories.begin() + static_cast<std::ptrdiff_t>(*trajectory * count);
      months.emplace_back(first, first + static_cast<std::ptrdiff_t>(count));
    }
    return months;
  }
  std::string page(const std::string& on, const std::string& title, const std::string& command) const {
    const py::gil_scoped_release release;
    report::ToldPage page = report::run_page(answer, on, by_month(on));
    if (!title.empty()) page.title = title;
    page.command = command;
    return report::html(page);
  }
  const std::vector<Quantity>& quantities() const { return outcomes_of(answer.question.further()); }
  // [outcome][replicate]
  py::array_t<double> outcomes() const {
    const std::size_t count = quantities().size();
    py::array_t<double> array({count, records.size()});
    double* value = array.mutable_data();
    for (std::size_t k = 0; k < records.size(); ++k) {
      const auto of_replicate = records.outcomes(k);
      for (std::size_t outcome = 0; outcome < count; ++outcome) value[outcome * records.size() + k] = of_replicate[outcome];
    }
    return array;
  }
};

// Records are kept: they are counted, too. What is small is not worth asking the machine what it has.
void require_room_to_keep(const RunQuestion& question, int threads) {
  constexpr double small = 100e6;  // bytes
  const Recording recording = recording_of(question);
  Needs needs = ensemble_needs({&question.scenario, 1}, recording, question.replicates, threads);
  add_figures(needs, outcomes_of(question.further()).size() + survey_quantities().size());
  needs.replicate_memory += record_bytes(question.scenario, recording);
  if (needs.all_memory() - program_bytes > small) require_room(needs);
}

py::tuple run_of(const GivenScenario& given, RunOptions options, int threads, const py::object& asked_rules,
                 const py::object& ear) {
  options.scenario = given.name();
  const auto fits = [threads](const RunQuestion& question) { require_room_to_keep(question, threads); };
  Asked<RunQuestion> asked;
  std::optional<RunAnswer> answer;
  KeptRecords records;
  const EvidenceFile& evidence = given.evidence();
  RulesOfPython rules(asked_rules, ear);
  const auto carry_out = [&](const Watch& watch) {
    Keeping keep(records);
    answer.emplace(run(std::move(*asked.question), threads, watch, &keep, rules.empty() ? nullptr : rules.all().front()));
  };
  py::object raised = beside_python(ear, [&](const Watch& watch) {
    asked = read_run(options, given.file(), evidence, watch, fits);
    if (is_question(asked, watch) && rules.empty()) carry_out(watch);
  });
  require_question(asked);
  if (asked.ok() && raised.is_none() && !rules.empty()) raised = rules.carry_out(carry_out);
  if (records.size() == 0) return py::make_tuple(py::none(), raised);
  return py::make_tuple(Run{std::move(*answer), std::move(records), threads}, raised);
}

// The quantity by month that is an outcome's level, "" of other outcomes.
std::string level_of(const std::string& outcome) {
  const auto trajectory = level_trajectory(index_of(all_outcome_quantities(), outcome));
  return trajectory ? trajectory_quantities().at(*trajectory).name : "";
}

// Of a run that a file holds, of the scenario's own parameters: outcomes by name, each [replicate]; months: [replicate][month] of
// the level that `on` is, none if it is none or was not kept; told: its sentences.
std::string page_again(const GivenScenario& given, std::uint64_t seed, const std::map<std::string, std::vector<double>>& outcomes,
                       const std::vector<std::vector<double>>& months, const std::string& told, const std::string& on,
                       const std::string& title, const std::string& command) {
  const py::gil_scoped_release release;
  RunQuestion question;
  question.scenario = given.scenario(), question.base = evidence_base(given.scenario());
  question.seed = seed, question.replicates = outcomes.at(on).size();
  RunAnswer answer(std::move(question));
  answer.replicates = answer.question.replicates;
  std::vector<double> row;
  for (std::size_t k = 0; k < answer.replicates; ++k) {
    row.clear();
    for (const Quantity& q : outcome_quantities()) {
      const auto found = outcomes.find(q.name);
      row.push_back(found == outcomes.end() ? std::numeric_limits<double>::quiet_NaN() : found->second.at(k));
    }
    answer.outcomes.add(row);
  }
  report::ToldPage page = report::run_page(answer, on, months);
  page.told = told, page.command = command;
  if (!title.empty()) page.title = title;
  return report::html(page);
}

py::list described(const std::vector<Quantity>& quantities) {
  py::list list;
  for (const Quantity& q : quantities) list.append(py::make_tuple(q.name, q.unit, q.meaning, q.matters));
  return list;
}

}  // namespace

void add_runs(py::module_& m) {
  py::class_<Run>(m, "Run")
      .def("write", &Run::write)
      .def("page", &Run::page, py::kw_only(), py::arg("on"), py::arg("title"), py::arg("command"))
      .def_property_readonly("hashes", &Run::hashes)
      .def_property_readonly("outcomes", &Run::outcomes)
      .def_property_readonly("quantities", [](const Run& r) { return described(r.quantities()); })
      .def_property_readonly("replicates", [](const Run& r) { return r.records.size(); })
      .def_property_readonly("json", said<Run>([](const Run& r) { return figures_of(r.answer); }))
      .def_property_readonly("text", said<Run>([](const Run& r) { return to_text(r.answer); }));
  m.def("level_of", &level_of);
  m.def("run_page", &page_again, py::arg("scenario"), py::kw_only(), py::arg("seed"), py::arg("outcomes"), py::arg("months"),
        py::arg("told"), py::arg("on"), py::arg("title"), py::arg("command"));
  m.def("quantities", [] { return described(all_outcome_quantities()); });
  m.def(
      "run",
      [](const GivenScenario& given, std::uint32_t replicates, std::uint64_t seed, const std::string& record,
         std::vector<std::string> outcomes, const std::string& parameters, int threads, const py::object& rules,
         const py::object& ear) {
        RunOptions options;
        options.replicates = replicates, options.seed = seed, options.record = record, options.parameters = parameters;
        options.outcomes = std::move(outcomes);
        return run_of(given, std::move(options), threads, rules, ear);
      },
      py::arg("scenario"), py::kw_only(), py::arg("replicates"), py::arg("seed"), py::arg("record"), py::arg("outcomes"),
      py::arg("parameters"), py::arg("threads"), py::arg("rules"), py::arg("ear"));
}

}  // namespace coalis::python
