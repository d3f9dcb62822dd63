// A policy option as text, applied to a scenario: from its start and from a month on.
#include <cmath>

#include "../target.hpp"
#include "coalis/io/scenario/policy_option.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace coalis;
  static const ScenarioFile small = parse_scenario(fuzz::small_scenario, "small.toml");
  const std::string_view text = fuzz::text_of(data, size);
  if (text.find(".toml") != text.npos) return 0;  // would be opened
  const Asked<PolicyOption> option = parse_policy_option(text);
  fuzz::demand_diagnostics(option.problems, option.ok());
  if (!option.ok()) return 0;
  const Asked<PolicyOption> again = parse_policy_option(to_string(*option.question));
  fuzz::demand(again.ok() && *again.question == *option.question, "an option that is not read back", to_string(*option.question));
  for (const int from : {0, 3}) {
    const Asked<PolicyEffect> effect = with_option(small.scenario, *option.question, from);
    fuzz::demand_diagnostics(effect.problems, effect.ok());
    if (!effect.ok()) continue;
    fuzz::demand(std::isfinite(effect.question->cost) && std::isfinite(effect.question->cost_before), "a cost that is none");
    fuzz::demand_scenario(effect.question->scenario);
  }
  return 0;
}
