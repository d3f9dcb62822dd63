#include "policy_arguments.hpp"

namespace coalis::cli {

void add_policy_options(CLI::App& command, std::vector<std::string>& with, const std::string& meaning) {
  // Texts come as they stand, also those of an option that was given before.
  const auto add = [&](const char* option, const std::string& before, const std::string& help) {
    command
        .add_option_function<std::vector<std::string>>(
            option,
            [&with, before](const std::vector<std::string>& texts) {
              for (const auto& text : texts) with.push_back(before + text);
            },
            help)
        ->take_all()
        ->allow_extra_args(false);
  };
  add("--with", "",
      meaning +
          " (coalis options lists some): '[NAME: ]CHANGE[; CHANGE...]', a change being path=value, a ready-made option or a "
          "file");
  add("--without", "without ", meaning + ": without a series of events, a hub or a lever");
}

}  // namespace coalis::cli
