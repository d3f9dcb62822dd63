// Replicates of one scenario.
#include "coalis/tasks/run.hpp"

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <optional>
#include <type_traits>
#include <utility>

#include "asking.hpp"
#include "coalis/engine/simulate.hpp"
#include "coalis/ensemble/resources.hpp"
#include "coalis/io/answers/run_json.hpp"
#include "coalis/model/attendance_rule.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/report/words/run_text.hpp"
#include "kept_records.hpp"
#include "scenario.hpp"

namespace coalis::python {
namespace {

class Keeping final : public RunSink {
 public:
  explicit Keeping(KeptRecords& records) : records_(records) {}
  void add(const RunRecord& record) override { records_.add(record); }
  void finish() override {}

 private:
  KeptRecords& records_;
};

// An answer and the records that it is of, so that its file can be written when it is asked for.
struct Run {
  RunAnswer answer;
  KeptRecords records;
  int threads;

  void write(const std::string& path, bool overwrite, const std::string& command) const {
    const py::gil_scoped_release release;
    RunKeeper keeper(path, overwrite, answer.question, command, threads);
    RunRecord record;
    for (std::size_t k = 0; k < records.size(); ++k) {
      records.get(k, record);
      keeper.add(record);
    }
    keeper.finish();
  }
  py::array_t<std::uint64_t> hashes() const {
    py::array_t<std::uint64_t> array(static_cast<py::ssize_t>(records.size()));
    for (std::size_t k = 0; k < records.size(); ++k) array.mutable_data()[k] = records.hash(k);
    return array;
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

Recording recording_of(const RunQuestion& question) {
  return question.further() ? with_sources(question.recording(true)) : question.recording(true);
}

// Records are kept: they are counted, too. What is small is not worth asking the machine what it has.
void require_room_to_keep(const RunQuestion& question, int threads) {
  constexpr double small = 100e6;  // bytes
  const Recording recording = recording_of(question);
  Needs needs = ensemble_needs({&question.scenario, 1}, recording, question.replicates, threads);
  add_figures(needs, outcomes_of(question.further()).size() + survey_quantities().size());
  needs.replicate_memory += record_bytes(question.scenario, recording);
  if (needs.all_memory() - program_bytes > small) require_room(needs);
}

// A rule of Python (analysis/coalis/rules.py), asked by the thread that has the interpreter's lock.
class RuleOfPython final : public AttendanceRule {
 public:
  explicit RuleOfPython(const py::object& rule) : rule_(rule) {}
  // Hands arrays that are there only while the rule is called.
  void decide(const AttendanceCall& call) override {
    const py::capsule lasting(&call, [](void*) {});  // so that nothing is copied
    const auto array = [&](auto values) {
      using T = std::remove_const_t<typename decltype(values)::element_type>;
      return py::array_t<T>(static_cast<py::ssize_t>(values.size()), values.data(), lasting);
    };
    rule_(call.month, call.kind, array(call.invited), array(call.utility), array(call.peers), array(call.turnout),
          array(call.type), array(call.uniform), array(call.normal), array(call.comes));
  }

 private:
  const py::object& rule_;
};

// Under a rule: one replicate after the other, in this thread. Returns what a signal raised; what the rule raises is thrown.
py::object run_by_rule(const py::object& asked, RunAnswer& answer, KeptRecords& records, const py::object& ear) {
  const RunQuestion& question = answer.question;
  RuleOfPython rule(asked);
  Simulator simulator(make_plan(question.scenario));
  simulator.attend_by(rule);
  RunRecord record;
  for (std::uint32_t replicate = 0; replicate < question.replicates; ++replicate) {
    try {
      simulator.run(question.seed, replicate, recording_of(question), record);
      if (PyErr_CheckSignals() != 0) throw py::error_already_set();
    } catch (py::error_already_set& error) {
      if (error.matches(PyExc_KeyboardInterrupt)) return error.value();
      throw;
    }
    if (question.further()) add_outcomes(question.scenario, record);
    answer.add(record);
    answer.replicates = replicate + 1;
    records.add(record);
    if (!ear.is_none()) ear.attr("progress")(replicate + 1, question.replicates);
  }
  return py::none();
}

py::tuple run_of(const GivenScenario& given, RunOptions options, int threads, const py::object& rule, const py::object& ear) {
  options.scenario = given.name();
  const auto fits = [threads](const RunQuestion& question) { require_room_to_keep(question, threads); };
  Asked<RunQuestion> asked;
  std::optional<RunAnswer> answer;
  KeptRecords records;
  const EvidenceFile& evidence = given.evidence();
  py::object raised = beside_python(ear, [&](const Watch& watch) {
    asked = read_run(options, given.file(), evidence, watch, fits);
    if (!is_question(asked, watch)) return;
    Keeping keep(records);
    if (rule.is_none())
      answer.emplace(run(std::move(*asked.question), threads, watch, &keep));
    else
      answer.emplace(std::move(*asked.question));
  });
  require_question(asked);
  if (answer && raised.is_none() && !rule.is_none()) raised = run_by_rule(rule, *answer, records, ear);
  if (records.size() == 0) return py::make_tuple(py::none(), raised);
  return py::make_tuple(Run{std::move(*answer), std::move(records), threads}, raised);
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
      .def_property_readonly("hashes", &Run::hashes)
      .def_property_readonly("outcomes", &Run::outcomes)
      .def_property_readonly("quantities", [](const Run& r) { return described(r.quantities()); })
      .def_property_readonly("replicates", [](const Run& r) { return r.records.size(); })
      .def_property_readonly("json", [](const Run& r) { return json_text(r.answer); })
      .def_property_readonly("text", [](const Run& r) { return to_text(r.answer); });
  m.def("quantities", [] { return described(all_outcome_quantities()); });
  m.def(
      "run",
      [](const GivenScenario& given, std::uint32_t replicates, std::uint64_t seed, const std::string& record,
         std::vector<std::string> outcomes, const std::string& parameters, int threads, const py::object& rule,
         const py::object& ear) {
        RunOptions options;
        options.replicates = replicates, options.seed = seed, options.record = record, options.parameters = parameters;
        options.all = outcomes.empty(), options.outcomes = std::move(outcomes);
        return run_of(given, std::move(options), threads, rule, ear);
      },
      py::arg("scenario"), py::kw_only(), py::arg("replicates"), py::arg("seed"), py::arg("record"), py::arg("outcomes"),
      py::arg("parameters"), py::arg("threads"), py::arg("rule"), py::arg("ear"));
}

}  // namespace coalis::python
