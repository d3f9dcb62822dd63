#include "rules.hpp"

#include <pybind11/numpy.h>

#include <type_traits>
#include <utility>

namespace coalis::python {

class RulesOfPython::Rule final : public AttendanceRule {
 public:
  Rule(RulesOfPython& rules, py::object rule) : rules_(rules), rule_(std::move(rule)) {}

  // Hands arrays that are there only while the rule is called.
  void decide(const AttendanceCall& call) override {
    const py::capsule lasting(&call, [](void*) {});  // so that nothing is copied
    const auto array = [&](auto values) {
      using T = std::remove_const_t<typename decltype(values)::element_type>;
      return py::array_t<T>(static_cast<py::ssize_t>(values.size()), values.data(), lasting);
    };
    const bool decided = rules_.guarded([&] {
      rule_(call.month, call.kind, array(call.invited), array(call.utility), array(call.peers), array(call.turnout),
            array(call.type), array(call.uniform), array(call.normal), array(call.comes));
    });
    if (!decided) throw RuleGaveUp();
  }

 private:
  RulesOfPython& rules_;
  py::object rule_;
};

RulesOfPython::RulesOfPython(const py::object& asked, py::object ear) : ear_(std::move(ear)) {
  if (asked.is_none()) return;
  for (const py::handle rule : asked) {
    if (!rule.is_none()) rules_.push_back(std::make_shared<Rule>(*this, py::reinterpret_borrow<py::object>(rule)));
    all_.push_back(rule.is_none() ? nullptr : rules_.back().get());
  }
}

bool RulesOfPython::guarded(const std::function<void()>& f) {
  try {
    f();
    return true;
  } catch (py::error_already_set& error) {
    if (raised_.is_none()) {
      raised_ = error.value();
      if (error.trace()) PyException_SetTraceback(raised_.ptr(), error.trace().ptr());
    }
    cancel_ = true;
    return false;
  }
}

py::object RulesOfPython::carry_out(const std::function<void(const Watch&)>& work) {
  Watch watch{&cancel_};
  watch.progress = [&](std::size_t done, std::size_t of) {
    guarded([&] {
      if (PyErr_CheckSignals() != 0) throw py::error_already_set();
      if (!ear_.is_none() && done > 0) ear_.attr("progress")(done, of);
    });
  };
  watch.notice = [&](const std::string& sentence) {
    guarded([&] {
      if (!ear_.is_none()) ear_.attr("say")(sentence);
    });
  };
  work(watch);
  return raised_;
}

}  // namespace coalis::python
