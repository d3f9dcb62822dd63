// A text file that appears whole (output_file.hpp). Without finish() nothing is left.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "output_file.hpp"

namespace coalis::io {

class TextFile {
 public:
  // Throws FileError as check_output_path does, or if the file cannot be created.
  TextFile(std::filesystem::path path, Replace replace) : file_(std::move(path), replace) {}
  TextFile(std::filesystem::path path, bool overwrite) : TextFile(std::move(path), overwrite ? Replace::asked : Replace::never) {}

  const std::filesystem::path& path() const { return file_.path(); }
  // Throws FileError if it cannot be written.
  void write(std::string_view text) {
    buffer_.append(text);
    if (buffer_.size() >= block) flush();
  }
  void finish() {
    flush();
    file_.put_in_place();
  }

 private:
  static constexpr std::size_t block = 1 << 16;
  void flush() {
    file_.write(buffer_);
    buffer_.clear();
  }
  OutputFile file_;
  std::string buffer_;
};

}  // namespace coalis::io
