// Prints a scenario as bytes (model/packed.hpp), for programs of builds that have no reader of scenario files.
//
//   pack_scenario SCENARIO [path=value...]
#include <cstdio>
#include <span>
#include <string>
#include <vector>

#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/model/packed.hpp"

int main(int count, char** arguments) {
  if (count < 2) {
    std::fputs("usage: pack_scenario SCENARIO [path=value...]\n", stderr);
    return 2;
  }
  const std::vector<std::string> overrides(arguments + 2, arguments + count);
  const auto file = coalis::read_scenario(arguments[1], overrides);
  if (!file.ok()) {
    for (const auto& diagnostic : file.diagnostics) std::fprintf(stderr, "%s\n", to_string(diagnostic).c_str());
    return 1;
  }
  const std::string bytes = coalis::packed(file.scenario);
  return std::fwrite(bytes.data(), 1, bytes.size(), stdout) == bytes.size() && std::fflush(stdout) == 0 ? 0 : 1;
}
