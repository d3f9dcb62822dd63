#include "support/support.hpp"

#include <fstream>
#include <sstream>

namespace coalis::test {

std::string contents(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

}  // namespace coalis::test
