// See described.hpp.
#include "described.hpp"

namespace coalis::cli {
namespace {

// "TEXT:{stop,continue}", as CLI11 names what an option takes: the choices are taken out.
void name_value(DescribedOption& option, const std::string& type) {
  const auto open = type.find('{'), close = type.rfind('}');
  if (open == std::string::npos || close == std::string::npos || close < open) {
    option.value = type;
    return;
  }
  option.choices.emplace_back();
  for (const char c : type.substr(open + 1, close - open - 1)) {
    if (c == ',')
      option.choices.emplace_back();
    else
      option.choices.back() += c;
  }
  for (const std::string& choice : option.choices) option.value.append(option.value.empty() ? "" : "|").append(choice);
}

DescribedOption described_option(const CLI::Option& option) {
  DescribedOption to;
  to.named = !option.get_positional();
  if (!to.named) to.names.push_back(option.get_name(true));
  for (const std::string& name : option.get_snames()) to.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) to.names.push_back("--" + name);
  if (option.get_items_expected_max() > 0) name_value(to, option.get_type_name());
  to.meaning = option.get_description();
  to.standard = option.get_default_str();
  to.required = option.get_required();
  return to;
}

DescribedCommand described_command(const CLI::App& app, const std::string& above) {
  DescribedCommand to{above + app.get_name(), app.get_description(), app.get_footer(), {}, {}};
  for (const CLI::Option* option : app.get_options())
    if (!option->get_group().empty()) to.options.push_back(described_option(*option));
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
    if (!command->get_group().empty()) to.commands.push_back(described_command(*command, to.name + " "));
  return to;
}

void add_with_all_below(const DescribedCommand& command, std::vector<const DescribedCommand*>& list) {
  list.push_back(&command);
  for (const DescribedCommand& below : command.commands) add_with_all_below(below, list);
}

}  // namespace

DescribedCommand described(const CLI::App& program) { return described_command(program, ""); }

std::vector<const DescribedCommand*> with_all_below(const DescribedCommand& command) {
  std::vector<const DescribedCommand*> list;
  add_with_all_below(command, list);
  return list;
}

}  // namespace coalis::cli
