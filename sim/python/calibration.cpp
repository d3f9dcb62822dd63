// What evidence says about uncertain parameters.
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <optional>
#include <stdexcept>
#include <utility>

#include "asking.hpp"
#include "coalis/io/answers/posterior_json.hpp"
#include "coalis/report/words/posterior_text.hpp"
#include "coalis/tasks/calibrate.hpp"

namespace coalis::python {
namespace {

Nuisance nuisance_of(const std::string& name) {
  return name == "prior" ? Nuisance::prior : name == "fixed" ? Nuisance::fixed : Nuisance::as_written;
}

// The posterior and its state are written to the files named; nothing of an answer if it was stopped before its end.
py::tuple calibration_of(const std::string& path, const std::string& posterior, const std::string& state,
                         const std::string& nuisance, bool restart, const std::string& command, int threads,
                         const py::object& ear) {
  std::optional<CalibrationFile> read;
  std::optional<PosteriorAnswer> answer;
  const py::object raised = beside_python(ear, [&](const Watch& watch) {
    const CalibrationFile& file = read.emplace(read_calibration(path, nuisance_of(nuisance)));
    if (!file.ok()) return;
    require_room_to_calibrate(*file.calibration, threads);
    check_posterior_path(posterior);
    const CalibrationModel model(*file.calibration, Execution{.threads = threads});
    answer = calibrate(file, model, {posterior, state}, restart, command, threads, watch);
  });
  if (!read->ok()) throw_problems("AskError", read->diagnostics);
  if (!answer) return py::make_tuple(py::none(), raised);
  return py::make_tuple(py::make_tuple(json_text(*answer), to_text(*answer)), raised);
}

}  // namespace

void add_calibration(py::module_& m) {
  m.def("calibrate", &calibration_of, py::arg("path"), py::kw_only(), py::arg("posterior"), py::arg("state"), py::arg("nuisance"),
        py::arg("restart"), py::arg("command"), py::arg("threads"), py::arg("ear"));
}

}  // namespace coalis::python
