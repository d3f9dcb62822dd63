// A text file that appears whole: written aside, flushed, renamed. Without finish() nothing is left.
#pragma once

#include <cstdio>
#include <filesystem>
#include <string_view>

namespace coalis::io {

class TextFile {
 public:
  // Throws ResultError if `path` exists and `overwrite` is false, or if the file cannot be created.
  TextFile(std::filesystem::path path, bool overwrite);
  ~TextFile();
  TextFile(const TextFile&) = delete;
  TextFile& operator=(const TextFile&) = delete;

  // Throws ResultError if it cannot be written.
  void write(std::string_view text);
  void finish();

 private:
  void require(bool good) const;  // throws with errno's reason
  std::filesystem::path path_, temporary_;
  bool overwrite_;
  std::FILE* file_;
};

}  // namespace coalis::io
