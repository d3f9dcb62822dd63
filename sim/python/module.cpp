// The compiled part of the Python package coalis (analysis/coalis/): a face over questions and tasks, as the command line is. It
// hands over values; what they look like in Python is said there.
#include <pybind11/pybind11.h>

#include <string>
#include <string_view>

#include "asking.hpp"
#include "coalis/core/build_info.hpp"
#include "coalis/io/text/output.hpp"
#include "coalis/model/version.hpp"
#include "coalis/report/words/plain_text.hpp"

PYBIND11_MODULE(_coalis, m) {
  using namespace coalis::python;
  m.doc() = "The compiled part of the package coalis; not to be called by itself";
  m.attr("program_version") = coalis::build_info().version;
  m.attr("commit") = coalis::build_info().commit;
  m.attr("model_version") = std::string(coalis::model_version);
  m.def("fitted", [](const std::string& text, std::size_t width) { return coalis::fitted(text, width); });
  m.def("write_output", [](const std::string& path, const py::bytes& content, bool overwrite) {
    coalis::write_output(path, static_cast<std::string_view>(content), overwrite);
  });
  add_errors();
  add_scenarios(m);
  add_runs(m);
  add_comparisons(m);
  add_options(m);
  add_studies(m);
  add_sensitivity(m);
  add_calibration(m);
  add_stories(m);
  add_waves(m);
  add_forecasts(m);
}
