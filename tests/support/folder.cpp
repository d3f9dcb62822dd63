#include "folder.hpp"

#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include "support.hpp"

namespace coalis::test {

namespace fs = std::filesystem;

Folder::Folder() {
  std::string name = (fs::temp_directory_path() / "coalis-test-XXXXXX").string();
  if (!::mkdtemp(name.data())) throw std::runtime_error("no folder for a test");
  path_ = name;
}

Folder::~Folder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

fs::path Folder::take(std::string_view name) const {
  fs::copy_file(source_dir() / "tests/field/data" / name, path_ / name);
  return path_ / name;
}

fs::path Folder::write(std::string_view name, std::string_view text) const {
  std::ofstream(path_ / name, std::ios::binary | std::ios::trunc) << text;
  return path_ / name;
}

}  // namespace coalis::test
