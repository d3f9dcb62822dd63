// Which parameters an outcome or a difference hangs on.
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <optional>
#include <utility>

#include "asking.hpp"
#include "coalis/io/answers/sensitivity_json.hpp"
#include "coalis/io/text/file_hash.hpp"
#include "coalis/report/pages/sensitivity_figures.hpp"
#include "coalis/report/words/sensitivity_text.hpp"
#include "coalis/tasks/sensitivity_run.hpp"

namespace coalis::python {
namespace {

struct Sensitivity {
  SensitivityQuestion question;
  SensitivityValues values;
  SensitivityFindings findings;
};

// The page that a layperson can read, from the file of the result; `name` stands for it.
std::string page_of(const std::string& path, const std::string& name, const std::string& title, const std::string& command) {
  return report::html(report::sensitivity_page(read_sensitivity_findings(path), {name, sha1_of_file(path)}, title, command));
}

// Runs are kept in `folder`; "" in STUDY.runs.
py::tuple sensitivity_of(const std::string& path, const std::string& folder, bool restart, int threads, const py::object& ear) {
  SensitivityFile file = read_sensitivity(path);
  if (!file.ok()) throw_problems("AskError", file.study.diagnostics);
  PreparedSensitivity prepared = answered(prepare_sensitivity(path, std::move(file)), ear);
  if (!folder.empty()) prepared.store_folder = folder;
  check_room(prepared, 0, threads);
  const auto store = open_sensitivity_store(prepared, restart);
  std::optional<SensitivityRun> done;
  const py::object raised =
      beside_python(ear, [&](const Watch& watch) { done = run_sensitivity(prepared, *store, threads, false, watch); });
  if (done->failed > 0) throw std::runtime_error(failures_text(done->failed, done->count, done->failures) + done->kept);
  if (!done->values) return py::make_tuple(py::none(), done->kept, raised);
  SensitivityFindings findings = sensitivity_findings(prepared.question, *done->values);
  return py::make_tuple(Sensitivity{std::move(prepared.question), std::move(*done->values), std::move(findings)}, done->kept,
                        raised);
}

}  // namespace

void add_sensitivity(py::module_& m) {
  py::class_<Sensitivity>(m, "Sensitivity")
      .def_property_readonly("json", [](const Sensitivity& s) { return json_text(s.findings, s.question); })
      .def_property_readonly("file_text", [](const Sensitivity& s) { return json_text(s.findings, s.question, s.values); })
      .def_property_readonly("text", [](const Sensitivity& s) { return to_text(s.findings); });
  m.def("sensitivity_page", &page_of, py::arg("path"), py::kw_only(), py::arg("name"), py::arg("title"), py::arg("command"));
  m.def("sensitivity", &sensitivity_of, py::arg("path"), py::kw_only(), py::arg("folder"), py::arg("restart"), py::arg("threads"),
        py::arg("ear"));
}

}  // namespace coalis::python
