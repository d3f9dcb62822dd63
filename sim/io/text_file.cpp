// See text_file.hpp.
#include "text_file.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

#include "coalis/io/result_file.hpp"

namespace coalis::io {

namespace fs = std::filesystem;

TextFile::TextFile(fs::path path, bool overwrite)
    : path_(std::move(path)),
      temporary_(path_.parent_path() / fmt::format(".{}.{}.part", path_.filename().string(), ::getpid())),
      overwrite_(overwrite) {
  check_result_path(path_, overwrite_);
  file_ = std::fopen(temporary_.c_str(), "wbx");
  require(file_ != nullptr);
}

TextFile::~TextFile() {
  if (file_) std::fclose(file_);
  std::error_code ignored;
  if (!temporary_.empty()) fs::remove(temporary_, ignored);
}

void TextFile::require(bool good) const {
  if (good) return;
  throw ResultError(fmt::format("{}: cannot be written: {}", path_.string(), std::strerror(errno)));
}

void TextFile::write(std::string_view text) { require(std::fwrite(text.data(), 1, text.size(), file_) == text.size()); }

void TextFile::finish() {
  require(std::fflush(file_) == 0 && ::fsync(::fileno(file_)) == 0);
  // Without `overwrite` a file that has appeared meanwhile stays: link() fails where rename() would replace it.
  if (overwrite_ || ::link(temporary_.c_str(), path_.c_str()) != 0) {
    check_result_path(path_, overwrite_);
    require(::rename(temporary_.c_str(), path_.c_str()) == 0);
    temporary_.clear();
  }
}

}  // namespace coalis::io
