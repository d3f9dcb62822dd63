// A sensitivity file's text, beside the files of folder().
#include "../target.hpp"
#include "coalis/io/questions/sensitivity_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace coalis;
  const SensitivityFile file = parse_sensitivity(std::string(fuzz::text_of(data, size)), fuzz::folder() / "sensitivity.toml");
  fuzz::demand_diagnostics(file.study.diagnostics, file.ok());
  if (!file.ok()) return 0;
  fuzz::demand(file.plan.names.size() == file.study.study.design.factors.size() && !file.plan.names.empty(), "no factors");
  fuzz::demand(file.plan.morris || file.plan.sobol, "no method");
  return 0;
}
