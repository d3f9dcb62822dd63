// See output_file.hpp.
#include "output_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <mutex>
#include <random>
#include <set>
#include <utility>

#include "coalis/io/text/file_error.hpp"
#include "coalis/io/text/file_kind.hpp"
#include "coalis/io/text/files_in_use.hpp"
#include "durable.hpp"
#include "special_file.hpp"
#include "temporaries.hpp"

namespace coalis {
namespace io {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view part_beginning = ".coalis-";

FileError exists_already(const fs::path& path) {
  return FileError(path.string() + ": exists already; choose another name with -o or replace it with --force");
}

// What stands under a name, links not followed; nothing if there is nothing.
std::optional<struct stat> look_at(const fs::path& path, const fs::path& named) {
  struct stat found {};
  if (::lstat(path.c_str(), &found) == 0) return found;
  if (errno == ENOENT) return std::nullopt;
  if (errno == ENOTDIR)
    throw FileError(fmt::format("{}: {} is no folder; choose another name with -o", named.string(), folder_of(path).string()));
  throw FileError(fmt::format("{}: cannot be written: {}; choose another name with -o", named.string(), std::strerror(errno)));
}

// Holds the lock of a file being written: nobody clears it away. Where there are no locks nobody clears anything away.
bool hold(int id, bool wait) {
  try {
    return set_lock(id, 0, Lock::exclusive, wait);
  } catch (const FileError&) {
    return wait;
  }
}

// A file that nobody has written to for an hour, on a clock that may be another machine's.
bool is_old(const fs::path& path) {
  std::error_code error;
  const auto written = fs::last_write_time(path, error);
  return !error && fs::file_time_type::clock::now() - written > std::chrono::hours(1);
}

// Removes files that were being written by processes that have ended: their locks are free, or they are old.
void clear_away(const fs::path& folder) {
  std::error_code error;
  for (auto it = fs::directory_iterator(folder, error); !error && it != fs::directory_iterator(); it.increment(error)) {
    const std::string name = it->path().filename().string();
    if (!name.starts_with(part_beginning)) continue;
    if (name.ends_with(unlocked_ending) && is_old(it->path())) ::unlink(it->path().c_str());
    if (!name.ends_with(part_ending)) continue;
    const int id = ::open(it->path().c_str(), O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    struct stat found {};
    if (id >= 0 && ::fstat(id, &found) == 0 && S_ISREG(found.st_mode) && hold(id, false)) ::unlink(it->path().c_str());
    if (id >= 0) ::close(id);
  }
}

// Once a folder and process.
void clear_away_once(const fs::path& folder) {
  static std::mutex mutex;
  static std::set<fs::path> cleared;
  const std::lock_guard lock(mutex);
  if (cleared.insert(folder).second) clear_away(folder);
}

}  // namespace

fs::path folder_of(const fs::path& path) { return path.has_parent_path() ? path.parent_path() : fs::path("."); }

void fail_writing(const fs::path& path, std::string_view what, int reason) {
  const bool full = reason == ENOSPC || reason == EDQUOT || reason == EFBIG;
  std::error_code ignored;
  if (reason == ENOENT && fs::is_directory(folder_of(path), ignored))  // as /proc is
    throw FileError(
        fmt::format("{}: {}: the system makes no files in this folder; choose another folder with -o", path.string(), what));
  throw FileError(fmt::format("{}: {}: {}; {}", path.string(), what, std::strerror(reason),
                              full ? "make room on the disk, then give the same command again"
                                   : "check the disk and permissions, then give the same command again"),
                  full);
}

void flush_folder(const fs::path& folder, const fs::path& of) {
  const int id = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool flushed = id >= 0 && (::fsync(id) == 0 || errno == EINVAL);  // a file system that has nothing to flush
  const int reason = errno;
  if (id >= 0) ::close(id);
  if (!flushed) fail_writing(of, "its folder cannot be flushed to disk", reason);
}

fs::path followed(const fs::path& path) {
  constexpr int most_links = 40;
  fs::path at = path;
  for (int links = 0; links < most_links; ++links) {
    std::error_code error;
    if (!fs::is_symlink(fs::symlink_status(at, error))) return at;
    struct statfs system {};
    if (::statfs(folder_of(at).c_str(), &system) == 0 && system.f_type == PROC_SUPER_MAGIC)
      throw FileError(path.string() + ": is what a process has open, not a file; name a file");
    const fs::path to = fs::read_symlink(at, error);
    if (error) fail_writing(path, "the link cannot be followed", error.value());
    at = at.parent_path() / to;
  }
  throw FileError(path.string() + ": its links lead in a circle; name a file");
}

void refuse_store(const fs::path& folder, const fs::path& named) {
  const auto check = [&](const fs::path& one) {
    std::error_code ignored;
    const fs::path list = one / "manifest.jsonl";
    if (!fs::is_regular_file(list, ignored)) return;
    const FilesInUse::Looking looking;
    if (looks_like(list).format == "coalis-runs")
      throw FileError(fmt::format("{}: {} keeps the runs of a study; name a place outside of it", named.string(), one.string()));
  };
  std::error_code error;
  const fs::path known = fs::weakly_canonical(fs::absolute(folder, error), error);
  for (const fs::path& path : {folder, error ? folder : known})  // first in the words of whoever named it
    for (fs::path at = path; !at.empty() && at != at.root_path(); at = at.parent_path()) check(at);
}

void check_target(const fs::path& path, Replace replace) {
  const fs::path target = followed(path);
  const auto found = target.has_filename() ? look_at(target, path) : std::nullopt;
  if (!target.has_filename() || (found && S_ISDIR(found->st_mode))) throw FileError(path.string() + ": is a folder; name a file");
  if (found && !S_ISREG(found->st_mode))
    throw FileError(fmt::format("{}: is {}, not a file; name a file", path.string(), kind_of_file(found->st_mode)));
  if (const FilesInUse* in_use = FilesInUse::current(); in_use && found && replace != Replace::own) {
    if (const auto objection = in_use->objection({found->st_dev, found->st_ino}))
      throw FileError(fmt::format("{}: {}, so that it cannot be its output; choose another name", path.string(), *objection));
  }
  if (found && replace == Replace::never) throw exists_already(path);
  const fs::path folder = folder_of(target);
  if (std::error_code ignored; !fs::is_directory(folder, ignored))
    throw FileError(folder.string() + ": there is no such folder; create it first");
  if (::access(folder.c_str(), W_OK) != 0)
    throw FileError(folder.string() + ": cannot be written to; choose another folder with -o");
  if (replace != Replace::own) refuse_store(folder, path);
}

OutputFile::OutputFile(fs::path path, Replace replace) : path_(std::move(path)), replace_(replace) {
  check_target(path_, replace_);
  target_ = followed(path_);
  clear_away_once(folder_of(target_));
  create();
}

// Whoever clears away between the creation and the lock wins; then another name is taken.
void OutputFile::create() {
  std::random_device random;
  for (int attempt = 0; attempt < 100; ++attempt) {
    part_ = target_.parent_path() / fmt::format("{}{:08x}{:08x}{}", part_beginning, random(), random(),
                                                locks_are_wanted() ? part_ending : unlocked_ending);
    id_ = ::open(part_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (id_ < 0 && errno == EEXIST) continue;
    if (id_ < 0) fail_writing(path_, "cannot be written", errno);
    note_ = note_temporary(part_);
    struct stat found {};
    if (hold(id_, true) && ::fstat(id_, &found) == 0 && found.st_nlink > 0) return;
    forget_temporary(std::exchange(note_, -1));
    ::close(std::exchange(id_, -1));
  }
  throw FileError(path_.string() + ": no name for a new file is free in its folder; remove the files " +
                  std::string(part_beginning) + "*" + std::string(part_ending));
}

OutputFile::~OutputFile() {
  if (id_ < 0) return;
  ::unlink(part_.c_str());
  forget_temporary(note_);
  ::close(id_);
}

void OutputFile::write(std::string_view bytes) {
  if (!written_) written_.emplace();
  while (!bytes.empty()) {
    const auto written = ::write(id_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail_writing(path_, "cannot be written", errno);
    const auto count = static_cast<std::size_t>(written);
    written_->add(bytes.data(), count);
    bytes.remove_prefix(count);
  }
}

void OutputFile::read_back() const {
  if (!written_) return;
  Checksum found;
  std::string bytes(std::size_t{1} << 16, '\0');
  for (::off_t at = 0;;) {
    const auto count = ::pread(id_, bytes.data(), bytes.size(), at);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail_writing(path_, "cannot be read back", errno);
    if (count == 0) break;
    found.add(bytes.data(), static_cast<std::size_t>(count));
    at += count;
  }
  if (found.value() != written_->value()) fail_writing(path_, "does not read back as it was written", EIO);
}

void OutputFile::put_in_place() {
  if (::fsync(id_) != 0) fail_writing(path_, "cannot be flushed to disk", errno);
  read_back();
  check_target(path_, replace_);
  struct stat own {
  }, here{};
  if (::fstat(id_, &own) != 0 || ::lstat(part_.c_str(), &here) != 0 || own.st_ino != here.st_ino || own.st_dev != here.st_dev)
    throw FileError(
        fmt::format("{}: what was written of it, {}, is gone; give the same command again", path_.string(), part_.string()));
  if (struct stat old{}; ::stat(target_.c_str(), &old) == 0) ::fchmod(id_, old.st_mode & 07777);  // as the file that is replaced
  name_it();
  forget_temporary(std::exchange(note_, -1));
  ::close(std::exchange(id_, -1));
  if (FilesInUse* in_use = FilesInUse::current(); in_use && replace_ != Replace::own)
    in_use->writes({own.st_dev, own.st_ino}, path_);
  flush_folder(folder_of(target_), path_);
}

// A file that is not to be replaced stays, also one that has appeared meanwhile: link() fails where rename() would replace it.
void OutputFile::name_it() {
  if (replace_ == Replace::never) {
    if (::link(part_.c_str(), target_.c_str()) == 0) {
      ::unlink(part_.c_str());
      return;
    }
    if (errno == EEXIST) throw exists_already(path_);
    // a file system without links
    if (::renameat2(AT_FDCWD, part_.c_str(), AT_FDCWD, target_.c_str(), RENAME_NOREPLACE) == 0) return;
    if (errno == EEXIST || look_at(target_, path_)) throw exists_already(path_);
  }
  if (::rename(part_.c_str(), target_.c_str()) != 0) fail_writing(path_, "cannot be put in place", errno);
}

}  // namespace io

}  // namespace coalis
