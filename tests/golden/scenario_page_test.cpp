// The tables in docs/formats/scenario.md are those that the program prints.
// To renew them: run this test with COALIS_RENEW_GOLDEN=1.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "support/support.hpp"

namespace coalis {
namespace {

constexpr std::string_view begin_mark = "<!-- fields:begin -->\n", end_mark = "<!-- fields:end -->";

std::string program_output(const std::string& arguments) {
  FILE* pipe = popen(("'" + std::string(COALIS_PROGRAM) + "' " + arguments).c_str(), "r");
  std::string text;
  std::array<char, 4096> buffer{};
  for (std::size_t n = 0; pipe && (n = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) text.append(buffer.data(), n);
  EXPECT_TRUE(pipe && pclose(pipe) == 0);
  return text;
}

TEST(ScenarioPage, TablesAreCurrent) {
  const auto path = test::source_dir() / "docs/formats/scenario.md";
  std::string page = test::contents(path);
  const std::size_t begin = page.find(begin_mark), end = page.find(end_mark);
  ASSERT_TRUE(begin < end && end != std::string::npos);
  const std::size_t from = begin + begin_mark.size();
  const std::string tables = program_output("defaults --markdown");
  ASSERT_GT(tables.size(), 1000u);
  if (std::getenv("COALIS_RENEW_GOLDEN")) {
    std::ofstream(path) << page.replace(from, end - from, tables);
  } else {
    EXPECT_EQ(page.substr(from, end - from), tables);
  }
}

}  // namespace
}  // namespace coalis
