// What every function of the module shares: how work is carried out beside a living interpreter, and how what is wrong becomes an
// exception of the package (analysis/coalis/errors.py).
#pragma once

#include <pybind11/pybind11.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "coalis/questions/asked.hpp"
#include "coalis/tasks/watch.hpp"

namespace coalis::python {

namespace py = pybind11;

// Does the work in another thread, without the interpreter's lock. The calling thread looks for signals (Ctrl-C cancels the
// watch) and tells `ear`, which has progress(done, of) and say(sentence), or is None. Returns the exception that a signal or the
// ear raised, else None; what the work throws is thrown. Raises RuntimeError in a process that was forked after such work.
py::object beside_python(const py::object& ear, const std::function<void(const Watch&)>& work);

// The same of work that tells nothing: what a signal raised is thrown. In a forked process it is done in this thread.
void done_beside_python(const std::function<void(const Watch&)>& work);
// Throws the exception, unless it is None.
void throw_raised(const py::object& raised);

// A property that is a text, made without the interpreter's lock.
template <class T, class Text>
auto said(Text text) {
  return [text](const T& of) {
    const py::gil_scoped_release release;
    return std::string(text(of));
  };
}

// Throws coalis.errors.KIND with these problems.
[[noreturn]] void throw_problems(const char* kind, const std::vector<Diagnostic>& problems);
// Those that are no errors.
std::vector<std::string> warnings_of(const std::vector<Diagnostic>& problems);

// Of work that asks before it answers: whether there is a question. Tells its warnings.
template <class Question>
bool is_question(const Asked<Question>& asked, const Watch& watch) {
  if (asked.ok())
    for (const std::string& text : warnings_of(asked.problems)) watch.say(text);
  return asked.ok();
}

// After that work: throws an AskError if there is no question but problems. Without either it was cancelled.
template <class Question>
void require_question(const Asked<Question>& asked) {
  if (!asked.ok() && !asked.problems.empty()) throw_problems("AskError", asked.problems);
}

void add_errors();
void add_scenarios(py::module_& m);
void add_runs(py::module_& m);
void add_comparisons(py::module_& m);
void add_options(py::module_& m);
void add_studies(py::module_& m);
void add_sensitivity(py::module_& m);
void add_calibration(py::module_& m);
void add_stories(py::module_& m);
void add_waves(py::module_& m);
void add_forecasts(py::module_& m);

}  // namespace coalis::python
