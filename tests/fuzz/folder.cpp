// The files that inputs of targets may name.
#include <unistd.h>

#include <fstream>

#include "target.hpp"

namespace coalis::fuzz {

const std::string_view small_scenario = R"(format = "scenario"
version = 1
name = "S"
[calendar]
start = "2020-01"
months = 6
[organisations]
members = { nonprofit = 10, public = 3, for_profit = 1 }
nonmembers = 4
[[regions]]
name = "N"
share = 0.5
[[regions]]
name = "S"
share = 0.5
[travel]
hours = [[0.5, 1.0], [1.0, 0.5]]
[[roles]]
name = "r"
share = { nonprofit = 0.5, public = 0.5, for_profit = 1.0 }
viewpoint = 0.3
[[roles]]
name = "q"
share = { nonprofit = 0.5, public = 0.5, for_profit = 0.0 }
viewpoint = -0.3
[[hubs]]
name = "H"
seat = "N"
serves = ["N", "S"]
fte = 0.5
[kinds.meeting]
base = 0.5
networking = 1.0
awareness_gain = 0.1
yield = 1.0
[[series]]
name = "m"
kind = "meeting"
hub = "H"
audience = "all"
per_year = 12
hours = 3
[levers]
recruitment = 1.0
[environment]
support = 0.5
scarcity = 0.2
restricted = 0.2
cases_per_month = 5
)";

namespace {

namespace fs = std::filesystem;

constexpr std::string_view other_scenario = R"(format = "scenario"
version = 1
include = "small.toml"
name = "T"
[levers]
information = 1
)";
constexpr std::string_view points = "levers.information,hubs.H.fte\n0,0.5\n1,\n";
constexpr std::string_view sets =
    "# "
    "Posterior\nweight,distance,seed,replicate,structure.engagement,parameters.tie_prob\n0.5,1,1,1,mixture,0.1\n0.5,1,1,2,"
    "mixture,0.2\n";
constexpr std::string_view evidence = R"(format = "coalis-evidence"
version = 1
[sources]
a = { title = "A" }
[[item]]
id = "meetings_attended"
source = "a"
use = "calibrate"
categories = ["0", "1", "2", "3", ">3"]
counts = [3, 2, 1, 1, 3]
n = 10
)";

struct Folder {
  fs::path path;
  Folder() {
    std::error_code ignored;
    const fs::path top = fs::is_directory("/dev/shm", ignored) ? fs::path("/dev/shm") : fs::temp_directory_path();
    path = top / ("coalis-fuzz-" + std::to_string(::getpid()));
    fs::create_directories(path);
    const auto put = [&](const char* name, std::string_view text) { std::ofstream(path / name, std::ios::binary) << text; };
    put("small.toml", small_scenario);
    put("other.toml", other_scenario);
    put("points.csv", points);
    put("sets.csv", sets);
    put("evidence.toml", evidence);
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
};

}  // namespace

const fs::path& folder() {
  static const Folder one;
  return one.path;
}

}  // namespace coalis::fuzz
