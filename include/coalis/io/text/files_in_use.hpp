// Which files a command reads and writes, so that no output takes the place of an input.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace coalis {

// While one lives, every file that is read and every output is remembered, as device and inode: also through links, includes and
// what study files name. A program has one for each command; libraries and tests need none.
class FilesInUse {
 public:
  FilesInUse();
  ~FilesInUse();
  FilesInUse(const FilesInUse&) = delete;
  FilesInUse& operator=(const FilesInUse&) = delete;

  using File = std::pair<std::uint64_t, std::uint64_t>;  // device, inode
  // What stands there, links followed; nothing if there is nothing.
  static std::optional<File> at(const std::filesystem::path& path);
  void reads(File file, const std::filesystem::path& path);
  void writes(File file, const std::filesystem::path& path);
  std::vector<std::filesystem::path> inputs() const;  // that were read, each as it was named last
  // "is read by this command": why this file cannot be an output of it; nothing if it can.
  std::optional<std::string> objection(File file) const;

  // The command goes by the file at this path, whether or not it opens it: it is no output.
  static void keep(const std::filesystem::path& path);

  static FilesInUse* current();  // null if there is none

  // While one lives, what this thread reads is looked at to see what it is, which makes it no input.
  class Looking {
   public:
    Looking();
    ~Looking();
    Looking(const Looking&) = delete;
    Looking& operator=(const Looking&) = delete;
  };

 private:
  mutable std::mutex mutex_;
  std::map<File, std::string> read_, written_;
};

}  // namespace coalis
