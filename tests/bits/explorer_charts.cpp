// Prints the pictures of the policy explorer, of each scenario with its first lever moved, for browsers whose bytes are compared
// with them (tests/pages/explorer.mjs).
//
//   explorer_charts FILE...   scenarios as pack_scenario prints them
#include <cstdio>
#include <filesystem>
#include <string>

#include "coalis/model/packed.hpp"
#include "packed_file.hpp"
#include "page/explorer.hpp"
#include "page/texts.hpp"

int main(int count, char** arguments) {
  constexpr std::size_t pairs = 25;
  using coalis::page::Chart;
  for (int i = 1; i < count; ++i) {
    const auto scenario = packed_file(arguments[i]);
    const std::string name = std::filesystem::path(arguments[i]).filename().string();
    coalis::page::Explorer explorer;
    if (!scenario || !explorer.add_coalition(name, coalis::packed(*scenario))) return 1;
    explorer.set(1, 0, 1);
    if (!explorer.begin(pairs)) return 1;
    explorer.run(pairs);
    for (const Chart chart : {Chart::dots, Chart::fan, Chart::levels, Chart::regions})
      std::fputs(coalis::page::chart_svg(explorer, chart).c_str(), stdout);
    std::fputs(coalis::page::map_svg(explorer, 1).c_str(), stdout);
  }
}
