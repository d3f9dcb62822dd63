// Rules of attendance of Python (analysis/coalis/rules.py). They are asked by the thread that has the interpreter's lock, so that
// what they decide is carried out in it.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <vector>

#include "asking.hpp"
#include "coalis/model/attendance_rule.hpp"

namespace coalis::python {

class __attribute__((visibility("hidden"))) RulesOfPython {  // as the objects in it
 public:
  // One a scenario, or None; `asked` None: no rules.
  RulesOfPython(const py::object& asked, py::object ear);

  bool empty() const { return rules_.empty(); }
  // As tasks take them.
  const std::vector<AttendanceRule*>& all() const { return all_; }

  // Does the work in this thread; a signal or an exception of a rule or the ear cancels it. Returns that exception, else None.
  py::object carry_out(const std::function<void(const Watch&)>& work);

 private:
  class Rule;
  // Calls f; keeps the first exception, which ends the work. False if there was one.
  bool guarded(const std::function<void()>& f);

  py::object ear_;
  std::vector<std::shared_ptr<Rule>> rules_;
  std::vector<AttendanceRule*> all_;
  std::atomic<bool> cancel_ = false;
  py::object raised_ = py::none();
};

}  // namespace coalis::python
