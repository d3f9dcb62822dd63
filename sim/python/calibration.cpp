// What evidence says about uncertain parameters, and whether to believe it.
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "asking.hpp"
#include "coalis/io/answers/check_json.hpp"
#include "coalis/io/answers/posterior_json.hpp"
#include "coalis/report/words/check_text.hpp"
#include "coalis/report/words/posterior_text.hpp"
#include "coalis/tasks/calibrate.hpp"
#include "coalis/tasks/fit_report.hpp"

namespace coalis::python {
namespace {

Nuisance nuisance_of(const std::string& name) {
  return name == "prior" ? Nuisance::prior : name == "fixed" ? Nuisance::fixed : Nuisance::as_written;
}

bool has_errors(const std::vector<Diagnostic>& problems) {
  return std::any_of(problems.begin(), problems.end(), [](const Diagnostic& d) { return !d.warning; });
}

// The posterior and its state are written to the files named, no state for ""; nothing of an answer if it was stopped before its
// end. given: a posterior that is weighted anew first, "" for none.
py::tuple calibration_of(const std::string& path, const std::string& posterior, const std::string& state,
                         const std::string& given, const std::string& nuisance, bool restart, const std::string& command,
                         int threads, const py::object& ear) {
  std::optional<CalibrationFile> read;
  std::optional<PosteriorAnswer> answer;
  std::vector<Diagnostic> problems;
  const py::object raised = beside_python(ear, [&](const Watch& watch) {
    const CalibrationFile& file = read.emplace(read_calibration(path, nuisance_of(nuisance)));
    if (!file.ok()) return;
    require_room_to_calibrate(*file.calibration, threads);
    check_posterior_path(posterior, file, restart);
    if (!state.empty()) check_state_path(state, restart);
    const CalibrationModel model(*file.calibration, Execution{.threads = threads});
    if (!given.empty()) {
      const auto asked = read_given(model, given);
      if (!add_problems(problems, asked.problems)) return;
      answer = reweigh(file, model, *asked.question, posterior, restart, command, threads, watch);
      if (answer || watch.cancelled()) return;
    }
    answer = calibrate(file, model, {posterior, state}, restart, command, threads, watch);
  });
  if (!read->ok()) throw_problems("AskError", read->diagnostics);
  if (has_errors(problems)) throw_problems("AskError", problems);
  if (!answer) return py::make_tuple(py::none(), raised);
  return py::make_tuple(py::make_tuple(json_text(*answer), to_text(*answer)), raised);
}

// Of the posterior in a file: table runs for coverage, "" or the scenario of another coalition.
py::tuple check_of(const std::string& path, const std::string& posterior, const std::string& nuisance, std::size_t table,
                   const std::string& elsewhere, int threads, const py::object& ear) {
  CheckOptions options{posterior, elsewhere, {}};
  options.coverage.table = table;
  std::vector<Diagnostic> problems = option_problems(options);
  std::optional<PosteriorCheck> check;
  if (!problems.empty()) throw_problems("AskError", problems);
  const py::object raised = beside_python(ear, [&](const Watch& watch) {
    const CalibrationFile file = read_calibration(path, nuisance_of(nuisance));
    if (!add_problems(problems, file.diagnostics)) return;
    require_room_to_check(*file.calibration, table, threads);
    const CalibrationModel model(*file.calibration, Execution{.threads = threads});
    const auto asked = read_check_question(model, options);
    if (add_problems(problems, asked.problems)) check = check_posterior(*asked.question, threads, watch);
  });
  if (has_errors(problems)) throw_problems("AskError", problems);
  if (!check) return py::make_tuple(py::none(), raised);
  check->posterior = check->posterior.filename();  // which may be in a folder of the moment
  return py::make_tuple(py::make_tuple(json_text(*check), to_text(*check)), raised);
}

// The page that a layperson can read, from files of checks.
std::string fit_page_of(const std::vector<std::string>& paths, const std::string& title, const std::string& command) {
  const py::gil_scoped_release release;
  return report::html(read_fit_page(paths, title, command));
}

}  // namespace

void add_calibration(py::module_& m) {
  m.def("check_text", [](const std::string& path) { return to_text(read_check(path)); });
  m.def("fit_page", &fit_page_of, py::arg("paths"), py::kw_only(), py::arg("title"), py::arg("command"));
  m.def("check", &check_of, py::arg("path"), py::kw_only(), py::arg("posterior"), py::arg("nuisance"), py::arg("table"),
        py::arg("elsewhere"), py::arg("threads"), py::arg("ear"));
  m.def("calibrate", &calibration_of, py::arg("path"), py::kw_only(), py::arg("posterior"), py::arg("state"), py::arg("given"),
        py::arg("nuisance"), py::arg("restart"), py::arg("command"), py::arg("threads"), py::arg("ear"));
}

}  // namespace coalis::python
