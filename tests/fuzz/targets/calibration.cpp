// A calibration's text, beside the files of folder().
#include <cmath>

#include "../target.hpp"
#include "coalis/io/questions/calibration_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace coalis;
  const CalibrationFile file = parse_calibration(fuzz::text_of(data, size), fuzz::folder() / "calibration.toml");
  fuzz::demand_diagnostics(file.diagnostics, file.ok());
  if (!file.ok()) return 0;
  fuzz::demand(!file.key.empty(), "a calibration without a key");
  for (const auto* list : {&file.calibration->fitted, &file.calibration->nuisance}) {
    for (const UncertainParameter& parameter : *list) {
      const Prior& prior = parameter.prior;
      for (std::uint32_t entity = 0; entity < 4; ++entity) {
        const double x = prior.draw({1, 2}, entity);
        fuzz::demand(std::isfinite(x) && x >= prior.limits.min && x <= prior.limits.max, "a draw outside of its limits",
                     parameter.paths.front().text());
        fuzz::demand(prior.density(x) > 0, "a draw without a density", to_string(prior));
      }
    }
  }
  return 0;
}
