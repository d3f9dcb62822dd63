// See files_in_use.hpp.
#include "coalis/io/text/files_in_use.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <atomic>

namespace coalis {
namespace {

std::atomic<FilesInUse*> in_use{nullptr};
thread_local int looks = 0;

// Another process may have replaced it; then the system gives its inode to a new file.
bool still_there(FilesInUse::File file, const std::string& path) { return FilesInUse::at(path) == file; }

}  // namespace

FilesInUse::FilesInUse() { in_use = this; }
FilesInUse::~FilesInUse() { in_use = nullptr; }
FilesInUse* FilesInUse::current() { return in_use; }
FilesInUse::Looking::Looking() { ++looks; }
FilesInUse::Looking::~Looking() { --looks; }

std::optional<FilesInUse::File> FilesInUse::at(const std::filesystem::path& path) {
  struct stat found {};
  if (::stat(path.c_str(), &found) != 0) return std::nullopt;
  return File{found.st_dev, found.st_ino};
}

void FilesInUse::reads(File file, const std::filesystem::path& path) {
  if (looks > 0) return;
  const std::lock_guard lock(mutex_);
  read_.insert_or_assign(file, path.string());
}

void FilesInUse::keep(const std::filesystem::path& path) {
  FilesInUse* files = current();
  if (const auto file = files ? at(path) : std::nullopt) files->reads(*file, path);
}

void FilesInUse::writes(File file, const std::filesystem::path& path) {
  const std::lock_guard lock(mutex_);
  written_.insert_or_assign(file, path.string());
}

std::vector<std::filesystem::path> FilesInUse::inputs() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::filesystem::path> paths;
  for (const auto& [file, path] : read_) paths.emplace_back(path);
  return paths;
}

std::optional<std::string> FilesInUse::objection(File file) const {
  const std::lock_guard lock(mutex_);
  if (const auto found = read_.find(file); found != read_.end() && still_there(file, found->second))
    return fmt::format("is read by this command, as '{}'", found->second);
  if (const auto found = written_.find(file); found != written_.end() && still_there(file, found->second))
    return fmt::format("is written by this command already, as '{}'", found->second);
  return std::nullopt;
}

}  // namespace coalis
