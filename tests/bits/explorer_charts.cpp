// Prints what the policy explorer shows of each scenario with its first lever moved: pictures, their tables and files, the
// answer, the map. For node and browsers whose bytes are compared with them (tests/bits/wasm/page.mjs, tests/pages/explorer.mjs).
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
    const auto print = [](const std::string& text) { std::fputs(text.c_str(), stdout); };
    for (const Chart chart : {Chart::dots, Chart::fan, Chart::levels, Chart::regions}) {
      print(coalis::page::chart_svg(explorer, chart));
      print(coalis::page::chart_table(explorer, chart));
      print(coalis::page::chart_csv(explorer, chart));
    }
    print(coalis::page::map_svg(explorer, 1));
    print(coalis::page::map_table(explorer, 1));
    print(coalis::page::answer_text(explorer));
    print(coalis::page::figures_text(explorer));
    print(coalis::page::decision_html(explorer));
  }
}
