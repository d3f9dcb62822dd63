#include "coalis/tasks/new_scenario.hpp"

#include <utility>

#include "coalis/core/characters.hpp"
#include "coalis/core/names.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/io/scenario/scenario_template.hpp"

namespace coalis {
namespace {

// "ohio-coalition.toml" of "Ohio coalition": letters, digits and what is not ASCII are kept.
std::string file_name(const std::string& title) {
  std::string name;
  for (const char c : title) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
    if (letter)
      name += c;
    else if (c >= 'A' && c <= 'Z')
      name += static_cast<char>(c - 'A' + 'a');
    else if (!name.empty() && name.back() != '-')
      name += '-';
  }
  while (name.ends_with('-')) name.pop_back();
  return (name.empty() ? "scenario" : name) + ".toml";
}

Asked<NewScenario> refused(std::string problem, std::string advice = "") {
  return {std::nullopt, {option_problem("", std::move(problem), std::move(advice))}};
}

}  // namespace

Asked<NewScenario> new_scenario(const std::string& title, const std::filesystem::path& path) {
  if (const auto bad = bad_character(title, Lines::one))
    return refused("the name has " + std::string(bad->what), "write it in one line of characters that can be seen");
  if (is_blank(title)) return refused("the name is blank", "write one, as in coalis new 'Ohio coalition'");
  NewScenario made{path.empty() ? std::filesystem::path(file_name(title)) : path, ""};
  const bool schema = std::filesystem::exists(made.path.parent_path() / "scenario.schema.json");
  made.text = scenario_template(title, schema ? "./scenario.schema.json" : "");
  if (!parse_scenario(made.text, made.path.string()).ok()) return refused("the name cannot be that of a scenario");
  return {std::move(made), {}};
}

}  // namespace coalis
