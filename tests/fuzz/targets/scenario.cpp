// A scenario's text. A line "#--set path=value" is an override, as of the command line.
#include "../target.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace coalis;
  const std::string_view text = fuzz::text_of(data, size);
  constexpr std::string_view mark = "#--set ";
  std::vector<std::string> overrides;
  for (std::size_t at = 0; at < text.size() && overrides.size() < 8;) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const auto line = text.substr(at, end - at);
    if (line.starts_with(mark)) overrides.emplace_back(line.substr(mark.size()));
    at = end + 1;
  }
  for (const std::string& override_text : overrides) names_set(override_text);
  const ScenarioFile file = parse_scenario(text, "fuzz.toml", overrides);
  fuzz::demand_diagnostics(file.diagnostics, file.ok());
  if (file.ok()) fuzz::demand_scenario(file.scenario);
  return 0;
}
