// One organisation's life in a replicate.
#include "coalis/story/story.hpp"

#include <fmt/format.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <utility>

#include "asking.hpp"
#include "coalis/ensemble/resources.hpp"
#include "coalis/report/pages/told_page.hpp"
#include "coalis/report/words/story_text.hpp"
#include "rules.hpp"
#include "scenario.hpp"

namespace coalis::python {
namespace {

// A tuple a month; analysis/coalis/story.py names its parts.
py::tuple of_month(const LifeMonth& m) {
  py::list ties;
  for (const TieChange& t : m.ties) ties.append(py::make_tuple(t.partner, t.before, t.after));
  return py::make_tuple(m.month, m.status, m.invited, m.attended, m.hours, m.disagreed, m.grant, m.needs_met, m.commitment,
                        m.leadership, m.progress, ties);
}

Life lived(const Scenario& scenario, std::uint64_t seed, std::uint32_t replicate, int organisation, const py::object& asked) {
  Life life;
  const auto live = [&](AttendanceRule* rule) { life = life_of(*make_plan(scenario), seed, replicate, organisation, rule); };
  RulesOfPython rules(asked, py::none());
  if (rules.empty()) {
    const py::gil_scoped_release release;
    live(nullptr);
    return life;
  }
  throw_raised(rules.carry_out([&](const Watch&) {
    try {
      live(rules.all().front());
    } catch (const RuleGaveUp&) {  // what it raised is thrown
    }
  }));
  return life;
}

py::dict story_of(const GivenScenario& given, std::uint64_t seed, std::uint32_t replicate, int organisation, int from, int to,
                  bool recorded, const py::object& rules) {
  const Scenario& scenario = given.scenario();
  const int n = scenario.organisations.count(), last = scenario.calendar.months - 1;
  if (organisation < 0 || organisation >= n)
    throw_problems("AskError", {option_problem(fmt::format("--organisation {}", organisation),
                                               fmt::format("there are {}, numbered 0 to {}", n, n - 1))});
  require_room(ensemble_needs({&scenario, 1}, Recording{}, 1, 1));
  const Life life = lived(scenario, seed, replicate, organisation, rules);
  py::list months, kinds;
  for (const LifeMonth& month : life.months) months.append(of_month(month));
  for (const Kind& kind : scenario.kinds) kinds.append(kind.name);
  py::dict story;
  story["text"] = to_text(Story{scenario, life, organisation, replicate, seed, recorded, from, to < 0 ? last : to});
  story["hash"] = life.hash;
  story["start"] = scenario.calendar.start;
  story["kinds"] = kinds;
  story["months"] = months;
  return story;
}

std::string story_page_of(const std::string& title, const std::string& told, const std::string& command) {
  return report::html(report::ToldPage{title, "", told, {}, command});
}

}  // namespace

void add_stories(py::module_& m) {
  m.def("story_page", &story_page_of, py::kw_only(), py::arg("title"), py::arg("told"), py::arg("command"));
  m.def("story", &story_of, py::arg("scenario"), py::kw_only(), py::arg("seed"), py::arg("replicate"), py::arg("organisation"),
        py::arg("first"), py::arg("last"), py::arg("recorded"), py::arg("rules"));
}

}  // namespace coalis::python
