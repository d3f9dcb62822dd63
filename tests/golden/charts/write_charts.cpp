// Writes the example charts as files: write_charts FOLDER. charts_test.py reads them.
#include <filesystem>
#include <fstream>
#include <iostream>

#include "support/chart_examples.hpp"

int main(int count, char** arguments) {
  if (count != 2) {
    std::cerr << "usage: write_charts FOLDER\n";
    return 2;
  }
  const std::filesystem::path folder = arguments[1];
  const auto write = [&](const char* kind, const std::vector<coalis::test::ChartExample>& charts) {
    std::filesystem::create_directories(folder / kind);
    for (const auto& chart : charts) std::ofstream(folder / kind / (chart.name + ".svg"), std::ios::binary) << chart.svg;
  };
  write("usual", coalis::test::usual_charts());
  write("hard", coalis::test::hard_charts());
}
