// Who will come to the last meetings of a table, and what the table says as evidence.
#include "coalis/tasks/forecast.hpp"

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <optional>
#include <stdexcept>
#include <utility>

#include "asking.hpp"
#include "coalis/io/answers/forecast_json.hpp"
#include "coalis/report/words/forecast_text.hpp"
#include "scenario.hpp"

namespace coalis::python {
namespace {

// The answer as JSON and as text; None if it was interrupted.
py::tuple forecast_of(const GivenScenario& given, ForecastOptions options, int threads, const py::object& ear) {
  options.runs.scenario = given.name();
  Asked<ForecastQuestion> asked;
  std::optional<std::pair<std::string, std::string>> found;
  std::string too_few;
  const py::object raised = beside_python(ear, [&](const Watch& watch) {
    asked = read_forecast(options, given.file(), threads, watch);
    if (!is_question(asked, watch)) return;
    try {
      const auto answer = forecast(std::move(*asked.question), threads, watch);
      if (answer) found.emplace(json_text(*answer), to_text(*answer));
    } catch (const std::invalid_argument& error) {  // too few meetings in the run
      too_few = error.what();
    }
  });
  require_question(asked);
  if (!too_few.empty())
    throw_problems("AskError", {option_problem(given.name(), too_few, "give the scenario as many meetings as the table has")});
  return py::make_tuple(found, raised);
}

// Members, meetings, and the file of evidence.
py::tuple counted_of(const std::string& path, std::size_t hold_out) {
  Counted found;
  done_beside_python([&](const Watch&) { found = count_attendance(path, hold_out); });
  if (!found.problems.empty()) throw_problems("AskError", found.problems);
  return py::make_tuple(found.members, found.meetings, found.evidence);
}

}  // namespace

void add_forecasts(py::module_& m) {
  m.def("count_attendance", &counted_of, py::arg("path"), py::kw_only(), py::arg("hold_out"));
  m.def(
      "forecast",
      [](const GivenScenario& given, const std::string& attendance, std::size_t hold_out, const std::string& parameters,
         std::uint32_t replicates, std::uint64_t seed, int threads, const py::object& ear) {
        ForecastOptions options;
        options.attendance = attendance, options.hold_out = hold_out;
        options.runs.parameters = parameters, options.runs.replicates = replicates, options.runs.seed = seed;
        return forecast_of(given, std::move(options), threads, ear);
      },
      py::arg("scenario"), py::kw_only(), py::arg("attendance"), py::arg("hold_out"), py::arg("parameters"),
      py::arg("replicates"), py::arg("seed"), py::arg("threads"), py::arg("ear"));
}

}  // namespace coalis::python
