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
std::string sensitivity_page_of(const std::string& path, const std::string& name, const std::string& title,
                                const std::string& command) {
  const py::gil_scoped_release release;
  return report::html(report::sensitivity_page(read_sensitivity_findings(path), {name, sha1_of_file(path)}, title, command));
}

// Runs are kept in `folder`; "" in STUDY.runs. Says what is kept, "" if nothing was run.
py::tuple sensitivity_of(const std::string& path, const std::string& folder, bool restart, int threads, const py::object& ear) {
  Asked<PreparedSensitivity> asked;
  std::optional<SensitivityRun> done;
  std::optional<Sensitivity> found;
  const py::object raised = beside_python(ear, [&](const Watch& watch) {
    SensitivityFile file = read_sensitivity(path);
    asked.problems = file.study.diagnostics;
    if (file.ok()) asked = prepare_sensitivity(path, std::move(file), watch);
    if (!is_question(asked, watch)) return;
    PreparedSensitivity& prepared = *asked.question;
    if (!folder.empty()) prepared.store_folder = folder;
    check_room(prepared, 0, threads);
    const auto store = open_sensitivity_store(prepared, restart);
    done = run_sensitivity(prepared, *store, {.threads = threads}, watch);
    if (!done->values) return;
    SensitivityFindings findings = sensitivity_findings(prepared.question, *done->values, watch.cancel);
    if (watch.cancelled()) return;
    found.emplace(Sensitivity{std::move(prepared.question), std::move(*done->values), std::move(findings)});
  });
  require_question(asked);
  if (done && done->failed > 0) throw std::runtime_error(failures_text(done->failed, done->count, done->failures) + done->kept);
  const std::string kept = done ? done->kept : "";
  return found ? py::make_tuple(std::move(*found), kept, raised) : py::make_tuple(py::none(), kept, raised);
}

}  // namespace

void add_sensitivity(py::module_& m) {
  py::class_<Sensitivity>(m, "Sensitivity")
      .def_property_readonly("json", [](const Sensitivity& s) { return json_text(s.findings, s.question); })
      .def_property_readonly("file_text", [](const Sensitivity& s) { return json_text(s.findings, s.question, s.values); })
      .def_property_readonly("text", [](const Sensitivity& s) { return to_text(s.findings); });
  m.def("sensitivity_text", [](const std::string& path) { return to_text(read_sensitivity_findings(path)); });
  m.def("sensitivity_page", &sensitivity_page_of, py::arg("path"), py::kw_only(), py::arg("name"), py::arg("title"),
        py::arg("command"));
  m.def("sensitivity", &sensitivity_of, py::arg("path"), py::kw_only(), py::arg("folder"), py::arg("restart"), py::arg("threads"),
        py::arg("ear"));
}

}  // namespace coalis::python
