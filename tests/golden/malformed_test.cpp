// What the program says about malformed scenarios, word for word: malformed/NAME.toml gives malformed/NAME.txt.
// To renew the texts after a change, run this test with COALIS_RENEW_GOLDEN=1 and read the difference.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>

#include "coalis/io/scenario/scenario_file.hpp"
#include "support/support.hpp"

namespace coalis {
namespace {

namespace fs = std::filesystem;

// Runs in the folder of the scenarios, so that paths in messages are short and the same everywhere.
class Malformed : public testing::Test {
 protected:
  Malformed() { fs::current_path(test::source_dir() / "tests/golden/malformed"); }
  ~Malformed() override { fs::current_path(before_); }

  static std::set<fs::path> scenarios() {
    std::set<fs::path> files;
    for (const auto& entry : fs::directory_iterator(".")) {
      if (entry.path().extension() == ".toml") files.insert(entry.path().filename());
    }
    return files;
  }

 private:
  fs::path before_ = fs::current_path();
};

TEST_F(Malformed, MessagesAreTheGoldenOnes) {
  const bool renew = std::getenv("COALIS_RENEW_GOLDEN") != nullptr;
  for (const fs::path& scenario : scenarios()) {
    std::string text;
    for (const Diagnostic& diagnostic : read_scenario(scenario).diagnostics) text += to_string(diagnostic) + "\n";
    const fs::path golden = fs::path(scenario).replace_extension(".txt");
    if (renew) std::ofstream(golden, std::ios::binary) << text;
    EXPECT_EQ(text, test::contents(golden)) << scenario;
  }
}

TEST_F(Malformed, ThereAreEnough) { EXPECT_GE(scenarios().size(), 50u); }

TEST_F(Malformed, EachIsAnErrorExceptTheWarnings) {
  for (const fs::path& scenario : scenarios()) EXPECT_EQ(read_scenario(scenario).ok(), scenario == "warnings.toml") << scenario;
}

TEST_F(Malformed, TheProgramExitsWithTwoAndWritesNothing) {
  const std::string out = (fs::path(testing::TempDir()) / "malformed.h5").string();
  fs::remove(out);
  for (const char* scenario : {"syntax.toml", "unknown-key.toml", "header-at.toml", "include-loop.toml"}) {
    const std::string program = std::string("'") + COALIS_PROGRAM + "' ";
    EXPECT_EQ(std::system((program + "check " + scenario + " 2>/dev/null").c_str()), 2 << 8) << scenario;
    EXPECT_EQ(std::system((program + "run " + scenario + " --replicates 1 -o '" + out + "' >/dev/null 2>&1").c_str()), 2 << 8)
        << scenario;
    EXPECT_FALSE(fs::exists(out));
  }
}

}  // namespace
}  // namespace coalis
