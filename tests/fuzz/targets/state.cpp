// The state of a calibration. Its key is put right before it is read, so that a mutation gets past it.
#include <cmath>
#include <nlohmann/json.hpp>

#include "../target.hpp"
#include "coalis/io/questions/calibration_file.hpp"
#include "coalis/io/text/json_file.hpp"

namespace {

constexpr std::string_view calibration_text = R"(format = "calibration"
version = 1
name = "C"
scenario = "small.toml"
evidence = "evidence.toml"
[sampler]
draws = 20
[[parameters]]
path = "parameters.tie_prob"
uniform = [0.05, 0.3]
source = "assumption"
)";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace coalis;
  static const CalibrationFile file = parse_calibration(calibration_text, fuzz::folder() / "calibration.toml");
  fuzz::demand(file.ok(), "the calibration of this target is refused");
  std::string text(fuzz::text_of(data, size));
  const auto json = nlohmann::ordered_json::parse(text, nullptr, false);
  if (json.is_object() && json.contains("key")) {
    auto with_key = json;
    with_key["key"] = file.key;
    text = with_key.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  }
  try {
    const AbcState state = parse_state(text, "state.json", file);
    for (const auto* list : {&state.population, &state.accepted})
      for (const Particle& particle : *list)
        fuzz::demand(particle.values.size() == file.calibration->fitted.size() + file.calibration->nuisance.size(),
                     "a draw of another length");
  } catch (const JsonFileError& error) {
    fuzz::demand(error.what()[0] != '\0', "an error without a text");
  }
  return 0;
}
