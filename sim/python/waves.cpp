// Waves of a replicate for RSiena.
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <string>
#include <vector>

#include "asking.hpp"
#include "coalis/io/text/file_error.hpp"
#include "coalis/tasks/replay.hpp"

namespace coalis::python {
namespace {

void write_waves(const std::string& path, std::uint32_t replicate, const std::vector<std::string>& months,
                 const std::string& folder) try {
  const py::gil_scoped_release release;
  ReplayOptions options;
  options.file = path, options.replicate = replicate;
  WaveFiles wanted;
  wanted.months = months, wanted.folder = folder;
  export_waves(*open_replay(options).question, path, wanted);
} catch (const ReplayError& error) {
  throw FileError(error.what());
}

}  // namespace

void add_waves(py::module_& m) {
  m.def("waves", &write_waves, py::arg("path"), py::kw_only(), py::arg("replicate"), py::arg("months"), py::arg("folder"));
}

}  // namespace coalis::python
