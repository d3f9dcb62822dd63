// A folder of a test's own, which goes with it.
#pragma once

#include <filesystem>
#include <string_view>

namespace coalis::test {

class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::filesystem::path operator/(std::string_view name) const { return path_ / name; }
  // A file of tests/field/data, under its own name.
  std::filesystem::path take(std::string_view name) const;
  std::filesystem::path write(std::string_view name, std::string_view text) const;

 private:
  std::filesystem::path path_;
};

}  // namespace coalis::test
