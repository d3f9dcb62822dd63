#include "scenario.hpp"

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <utility>

#include "asking.hpp"
#include "coalis/io/scenario/resolved.hpp"
#include "coalis/model/roster.hpp"
#include "coalis/questions/equal_budget.hpp"

namespace coalis::python {
namespace {

ScenarioFile checked(ScenarioFile file) {
  if (!file.ok()) throw_problems("ScenarioError", file.diagnostics);
  if (!file.evidence_path.empty()) file.evidence_path = std::filesystem::absolute(file.evidence_path);
  return file;
}

py::object origin_of(const ScenarioFile& file, const std::string& path) {
  const auto found = file.origins.find(path);
  if (found == file.origins.end()) return py::none();
  return py::make_tuple(found->second.file, found->second.line, found->second.column);
}

// A tuple a value; analysis/coalis/scenario.py names its parts.
py::list values_of(const GivenScenario& given) {
  py::list list;
  for (const ResolvedValue& v : resolved_values(given.scenario())) {
    const FieldText& f = v.field;
    list.append(py::make_tuple(v.path(), v.table, v.key, v.value, f.unit, f.type, f.range, f.initial, f.source, f.meaning,
                               origin_of(given.file(), v.path()), v.parts));
  }
  return list;
}

py::list differences_of(const GivenScenario& a, const GivenScenario& b) {
  py::list list;
  for (const Difference& d : differences(a.scenario(), b.scenario()))
    list.append(py::make_tuple(d.path, d.a, d.b, d.field.unit, d.field.meaning));
  return list;
}

py::tuple pickled(const GivenScenario& given) {
  const GivenScenario::State s = given.state();
  py::list origins;
  for (const auto& [path, at] : s.origins) origins.append(py::make_tuple(path, at.file, at.line, at.column));
  return py::make_tuple(s.name, s.path, s.text, s.set, s.resolved, s.evidence, origins);
}

GivenScenario unpickled(const py::tuple& state) {
  GivenScenario::State s{state[0].cast<std::string>(),
                         state[1].cast<std::string>(),
                         state[2].cast<std::string>(),
                         state[3].cast<std::vector<std::string>>(),
                         state[4].cast<std::string>(),
                         state[5].cast<std::string>(),
                         {}};
  for (const py::handle item : state[6]) {
    const auto at = item.cast<py::tuple>();
    s.origins[at[0].cast<std::string>()] = {at[1].cast<std::string>(), at[2].cast<int>(), at[3].cast<int>()};
  }
  return GivenScenario(std::move(s));
}

}  // namespace

GivenScenario GivenScenario::read(const std::string& path, std::vector<std::string> set) {
  GivenScenario given;
  given.name_ = path, given.set_ = std::move(set);
  given.tree_.emplace(path);
  given.file_ = checked(given.tree_->with(given.set_));
  given.path_ = std::filesystem::absolute(path).string();
  return given;
}

GivenScenario GivenScenario::parse(std::string text, std::string name, std::vector<std::string> set) {
  GivenScenario given;
  given.name_ = std::move(name), given.text_ = std::move(text), given.set_ = std::move(set);
  given.file_ = checked(given.made(given.set_));
  return given;
}

ScenarioFile GivenScenario::made(const std::vector<std::string>& set) const {
  return tree_ ? tree_->with(set) : parse_scenario(text_, name_, set);
}

GivenScenario GivenScenario::with(std::vector<std::string> set) const {
  GivenScenario other = *this;
  if (!tree_ && !path_.empty()) {
    other.tree_.emplace(path_);
    if (const ScenarioFile again = other.made(set_); !again.ok() || to_toml(again.scenario) != to_toml(scenario()))
      throw_problems("ScenarioError", {{path_, 0, 0, false, "has changed since this scenario was read from it",
                                        "read it again with coalis.Scenario"}});
  }
  other.evidence_.reset();
  other.set_ = std::move(set);
  other.file_ = checked(other.made(other.set_));
  return other;
}

const EvidenceFile& GivenScenario::evidence() const {
  if (!evidence_) evidence_ = file_.evidence_path.empty() ? EvidenceFile() : read_evidence(file_.evidence_path, file_.scenario);
  return *evidence_;
}

GivenScenario::State GivenScenario::state() const {
  return {name_, path_, text_, set_, to_toml(scenario()), file_.evidence_path.string(), file_.origins};
}

GivenScenario::GivenScenario(State s)
    : name_(std::move(s.name)), path_(std::move(s.path)), text_(std::move(s.text)), set_(std::move(s.set)) {
  file_ = checked(parse_scenario(s.resolved, name_));
  file_.evidence_path = s.evidence;
  file_.origins = std::move(s.origins);
}

void add_scenarios(py::module_& m) {
  py::class_<GivenScenario>(m, "Scenario")
      .def_static("read", &GivenScenario::read)
      .def_static("parse", &GivenScenario::parse)
      .def("with_set", &GivenScenario::with)
      .def("values", &values_of)
      .def("differences", &differences_of)
      .def_property_readonly("name", &GivenScenario::name)
      .def_property_readonly("text", [](const GivenScenario& g) { return to_toml(g.scenario()); })
      .def_property_readonly("warnings", [](const GivenScenario& g) { return warnings_of(g.file().diagnostics); })
      .def("organisation_named",
           [](const GivenScenario& g, const std::string& name) { return organisation_named(g.scenario(), name); })
      .def_property_readonly("planned_cost", [](const GivenScenario& g) { return planned_cost(g.scenario()); })
      .def(py::pickle(&pickled, &unpickled));
}

}  // namespace coalis::python
