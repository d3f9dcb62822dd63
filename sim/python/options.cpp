// What a coalition could do otherwise, and which of it is best for some money.
#include "coalis/tasks/options.hpp"

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <optional>
#include <utility>

#include "asking.hpp"
#include "coalis/io/answers/best_json.hpp"
#include "coalis/io/answers/options_json.hpp"
#include "coalis/io/text/file_hash.hpp"
#include "coalis/report/pages/best_page.hpp"
#include "coalis/report/words/best_text.hpp"
#include "coalis/tasks/best.hpp"
#include "scenario.hpp"

namespace coalis::python {
namespace {

// The answer as JSON and as text; None if it was interrupted.
py::tuple best_of(const GivenScenario& given, BestOptions options, const std::string& command, int threads,
                  const py::object& ear) {
  options.scenario = given.name();
  Asked<BestQuestion> asked;
  std::optional<std::pair<std::string, std::string>> found;
  std::string nothing_allowed;
  const py::object raised = beside_python(ear, [&](const Watch& watch) {
    asked = read_best(options, given.file(), watch);
    if (!is_question(asked, watch)) return;
    try {
      auto answer = find_best(*asked.question, threads, watch);
      if (!answer) return;
      answer->command = command;
      found.emplace(json_text(*answer), to_text(*answer));
    } catch (const NothingAllowed& error) {
      nothing_allowed = error.what();
    }
  });
  require_question(asked);
  if (!nothing_allowed.empty())
    throw_problems("AskError", {option_problem("", nothing_allowed, "allow more harm (\"OUTCOME=HARM\"), or guard less")});
  return py::make_tuple(found, raised);
}

// The page that a layperson can read, from the file of the answer; `name` stands for it.
std::string best_page_of(const std::string& path, const std::string& name, const std::string& title, const std::string& command) {
  const py::gil_scoped_release release;
  return report::best_page(read_best_answer(path), {name, sha1_of_file(path), title, command});
}

}  // namespace

void add_options(py::module_& m) {
  m.def("options", [](const GivenScenario& given) { return json_text(list_options(given.name(), given.scenario())); });
  m.def("best_page", &best_page_of, py::arg("path"), py::kw_only(), py::arg("name"), py::arg("title"), py::arg("command"));
  m.def(
      "best",
      [](const GivenScenario& given, double budget, const std::string& aim, std::vector<std::string> guards,
         std::vector<std::string> parameters, std::vector<std::string> structures, int draws, std::string from_month,
         std::size_t points, std::size_t replicates, std::uint64_t seed, const std::string& command, int threads,
         const py::object& ear) {
        BestOptions options;
        options.budget = budget, options.aim = aim, options.guards = std::move(guards);
        options.parameters = std::move(parameters), options.structures = std::move(structures), options.draws = draws;
        options.from_month = std::move(from_month), options.points = points, options.replicates = replicates, options.seed = seed;
        return best_of(given, std::move(options), command, threads, ear);
      },
      py::arg("scenario"), py::kw_only(), py::arg("budget"), py::arg("aim"), py::arg("guards"), py::arg("parameters"),
      py::arg("structures"), py::arg("draws"), py::arg("from_month"), py::arg("points"), py::arg("replicates"), py::arg("seed"),
      py::arg("command"), py::arg("threads"), py::arg("ear"));
}

}  // namespace coalis::python
