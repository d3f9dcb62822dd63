// A study: its missing runs done, its answer.
#include <fmt/format.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "asking.hpp"
#include "coalis/ensemble/ensemble.hpp"
#include "coalis/io/text/file_error.hpp"
#include "coalis/io/text/file_hash.hpp"
#include "coalis/report/pages/study_figures.hpp"
#include "coalis/tasks/report.hpp"
#include "coalis/tasks/study_run.hpp"
#include "coalis/tasks/study_store.hpp"
#include "coalis/tasks/told.hpp"
#include "rules.hpp"

namespace coalis::python {
namespace {

// A study and the folder that holds its runs.
class AskedStudy {
 public:
  AskedStudy(PreparedStudy prepared, const std::string& folder, int threads)
      : prepared_(std::make_unique<PreparedStudy>(std::move(prepared))),
        store_(new RunStore(open_store(prepared_->question, Access::write,
                                       folder.empty() ? store_folder(prepared_->question) : std::filesystem::path(folder)))),
        threads_(threads) {}

  const StudyQuestion& question() const { return prepared_->question; }
  StudyDone run(const Watch& watch, AttendanceRule* rule) {
    StoreClaims claims(*store_);
    return run_study(question(), *store_, claims, {.threads = threads_, .rule = rule}, watch);
  }

  std::string text() const {
    return made([&](const Watch& watch) { return text_of(finished(), *store_, watch); });
  }
  std::string json() const {
    return made([&](const Watch& watch) { return figures_of(finished(), *store_, watch); });
  }
  // Replicates of which every point is done: all, or the first so many of a study that was interrupted.
  std::uint32_t replicates() const {
    std::uint32_t whole = 0;
    while (whole < question().study.replicates && is_done(whole)) ++whole;
    return whole;
  }
  // The merged result of those replicates, as if no more had been asked for.
  void write(const std::string& path, bool overwrite, const std::string& command) const {
    const py::gil_scoped_release release;
    PreparedStudy done = *prepared_;
    done.question.study.replicates = replicates();
    check_study_result_path(path, overwrite, done.question.study);
    if (done.question.study.replicates == 0)
      throw FileError(question().file + ": no replicate is done at every point; ask again, and for longer");
    StoreClaims claims(*store_);
    Provenance made_by = provenance(command, thread_count(threads_));
    made_by.answer = told(done.question, *store_);
    merge_study(done, *store_, claims, path, std::move(made_by));
  }
  std::string page(const std::string& command, const std::string& date, const std::string& epoch) const {
    return made([&](const Watch& watch) -> std::string {
      const StudyQuestion study = finished();
      const PointSamples done = read_samples(study, *store_, study.points.size(), watch);
      const StudyFindings found = read_findings(study, *store_, watch);
      if (watch.cancelled()) return "";
      report::StudyPage page = report::study_page(study, done, found);
      page.date = page_date(date, epoch.c_str());
      page.file = std::filesystem::path(study.file).filename().string(), page.file_hash = sha1_of_file(study.file);
      page.commands = command;
      return report::html(page);
    });
  }

 private:
  // As if no more had been asked for than the replicates that every point has; as it is if there are none.
  StudyQuestion finished() const {
    StudyQuestion study = question();
    if (const std::uint32_t whole = replicates(); whole > 0) study.study.replicates = whole;
    return study;
  }
  bool is_done(std::uint32_t replicate) const {
    for (std::size_t point = 0; point < question().points.size(); ++point)
      if (!store_->done(question().name_of(point, replicate))) return false;
    return true;
  }
  // Beside the interpreter, as it reads all runs.
  static std::string made(const std::function<std::string(const Watch&)>& make) {
    std::string text;
    done_beside_python([&](const Watch& watch) { text = make(watch); });
    return text;
  }

  std::unique_ptr<PreparedStudy> prepared_;
  std::unique_ptr<RunStore> store_;
  int threads_;
};

// What a rule cannot stand for: sets, whose values it does not see, and rules of decision that the points tell apart.
void refuse_under_rule(const StudyQuestion& study) {
  const auto refuse = [](const char* problem, const char* advice) {
    throw_problems("AskError", {option_problem("", problem, advice)});
  };
  if (!study.parameters.empty())
    refuse("rule=: runs under a rule have the scenarios' own parameters", "take the parameter sets out of the study");
  for (const StudyPoint& point : study.points)
    if (point.resolved.structure.decision != study.points.front().resolved.structure.decision)
      refuse("rule=: it stands in the place of every decision, in which the points of the study differ",
             "leave structure.decision as it is");
}

void raise_failures(const StudyDone& done, const StudyQuestion& study) {
  if (done.runs.failed > 0) throw std::runtime_error(failures_text(done.runs.failed, study.runs(), done.failures));
}

// experiment: what is said of the rule after the name, "" without one.
py::tuple study_of(const std::string& path, std::vector<std::string> parameters, std::uint32_t replicates,
                   const std::string& folder, int threads, const py::object& asked_rules, const std::string& experiment,
                   const py::object& ear) {
  StudyOptions options;
  options.file = path, options.parameters = std::move(parameters), options.replicates = replicates;
  Asked<PreparedStudy> asked;
  std::unique_ptr<AskedStudy> study;
  std::optional<StudyDone> done;
  RulesOfPython rules(asked_rules, ear);
  const auto carry_out = [&](const Watch& watch) {
    study = std::make_unique<AskedStudy>(std::move(*asked.question), folder, threads);
    done = study->run(watch, rules.empty() ? nullptr : rules.all().front());
  };
  py::object raised = beside_python(ear, [&](const Watch& watch) {
    asked = prepare_study(options, watch);
    if (!is_question(asked, watch)) return;
    asked.problems = try_sets(asked.question->question, watch);
    if (!asked.problems.empty()) asked.question.reset();
    if (!asked.ok() || watch.cancelled()) return;
    for (const std::string& notice : asked.question->question.notices) watch.say(notice);
    asked.question->question.study.name += experiment;
    if (rules.empty()) carry_out(watch);
  });
  require_question(asked);
  if (asked.ok() && raised.is_none() && !rules.empty()) {
    refuse_under_rule(asked.question->question);
    raised = rules.carry_out(carry_out);
  }
  if (!done) return py::make_tuple(py::none(), 0, raised);
  raise_failures(*done, study->question());
  const std::size_t missing = done->runs.missing;
  return py::make_tuple(std::move(study), missing, raised);
}

}  // namespace

void add_studies(py::module_& m) {
  py::class_<AskedStudy>(m, "Study")
      .def("write", &AskedStudy::write)
      .def("page", &AskedStudy::page)
      .def_property_readonly("replicates", &AskedStudy::replicates)
      .def_property_readonly("runs", [](const AskedStudy& s) { return s.question().runs(); })
      .def_property_readonly("name", [](const AskedStudy& s) { return s.question().study.name; })
      .def_property_readonly("json", &AskedStudy::json)
      .def_property_readonly("text", &AskedStudy::text);
  m.def("study", &study_of, py::arg("path"), py::kw_only(), py::arg("parameters"), py::arg("replicates"), py::arg("folder"),
        py::arg("threads"), py::arg("rules"), py::arg("experiment"), py::arg("ear"));
}

}  // namespace coalis::python
