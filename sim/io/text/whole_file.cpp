// See whole_file.hpp.
#include "coalis/io/text/whole_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "coalis/io/text/file_error.hpp"
#include "coalis/io/text/file_kind.hpp"
#include "coalis/io/text/files_in_use.hpp"
#include "special_file.hpp"

namespace coalis {
namespace {

namespace fs = std::filesystem;

struct Trouble {
  std::string problem, advice;
};

// A regular file opened for reading. Throws Trouble.
class Opened {
 public:
  explicit Opened(const fs::path& path) : id_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)) {
    if (id_ < 0 && errno == ENOENT) throw Trouble{"there is no such file", "check the name"};
    const int reason = errno;
    struct stat found {};
    if (id_ < 0 && ::stat(path.c_str(), &found) == 0 && S_ISSOCK(found.st_mode)) refuse(found.st_mode, path);
    if (id_ < 0) throw Trouble{std::strerror(reason), "check the path and its permissions"};
    if (::fstat(id_, &found) != 0) fail("cannot be looked at");
    if (!S_ISREG(found.st_mode)) refuse(found.st_mode, path);
    size_ = static_cast<std::uint64_t>(found.st_size);
    if (FilesInUse* in_use = FilesInUse::current()) in_use->reads({found.st_dev, found.st_ino}, path);
  }
  ~Opened() { ::close(id_); }
  Opened(const Opened&) = delete;
  Opened& operator=(const Opened&) = delete;

  std::uint64_t size() const { return size_; }  // 0 also where the system does not know it
  // 0 at the end.
  std::size_t read(char* into, std::size_t most, std::uint64_t from) const {
    while (true) {
      const auto got = ::pread(id_, into, most, static_cast<off_t>(from));
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno != EINTR)
        throw Trouble{fmt::format("reading failed: {}", std::strerror(errno)), "check the disk, or copy the file"};
    }
  }

 private:
  [[noreturn]] void fail(const char* what) {
    const int reason = errno;
    ::close(id_);
    throw Trouble{fmt::format("{}: {}", what, std::strerror(reason)), "check the path and its permissions"};
  }
  [[noreturn]] void refuse(unsigned mode, const fs::path& path) {
    if (id_ >= 0) ::close(id_);
    if (const FileIdentity found = looks_like(path); S_ISDIR(mode)) throw Trouble{"it is " + found.is, found.read_by};
    throw Trouble{fmt::format("it is {}, not a file", io::kind_of_file(mode)),
                  "write what it gives to a file first, and name that"};
  }
  int id_;
  std::uint64_t size_ = 0;
};

constexpr std::size_t block = 1 << 16;

// Said of what is too large for what it was taken for, as a result of runs is for a scenario.
Trouble too_large(std::string_view text, const fs::path& path, std::size_t largest) {
  const FileIdentity found = what_is(text, path);
  if (found.family != FileFamily::hdf5 && found.family != FileFamily::other)
    return {fmt::format("it is larger than {} MiB", largest >> 20), "is it the file that was meant?"};
  return {fmt::format("it is {}, larger than {} MiB", found.is, largest >> 20), found.read_by};
}

std::string text_of(const Opened& file, const fs::path& path, std::size_t largest) {
  std::string text;
  if (file.size() <= largest) text.reserve(file.size() + 1);
  while (true) {
    const std::size_t had = text.size();
    text.resize(had + std::min(block, largest + 1 - had));
    const std::size_t got = file.read(text.data() + had, text.size() - had, had);
    text.resize(had + got);
    if (got == 0) return text;
    if (text.size() > largest) throw too_large(text, path, largest);
  }
}

[[noreturn]] void fail(const fs::path& path, const Trouble& trouble) {
  throw FileError(fmt::format("{}: cannot be read: {}; {}", path.string(), trouble.problem, trouble.advice));
}

}  // namespace

WholeFile read_whole_file(const fs::path& path, std::size_t largest, Empty empty) {
  try {
    std::string text = text_of(Opened(path), path, largest);
    if (text.empty() && empty == Empty::refused)
      return {"", std::string(empty_file), "name the file that was meant, or make it again"};
    return {std::move(text), "", ""};
  } catch (const Trouble& trouble) {
    return {"", trouble.problem, trouble.advice};
  }
}

std::string text_of_file(const fs::path& path, std::size_t largest, Empty empty) {
  WholeFile file = read_whole_file(path, largest, empty);
  if (!file.ok()) fail(path, {file.problem, file.advice});
  return std::move(file.text);
}

void for_each_block(const fs::path& path, std::uint64_t from, const std::function<void(std::string_view)>& sink) {
  try {
    const Opened file(path);
    std::string bytes(block, '\0');
    while (const std::size_t got = file.read(bytes.data(), bytes.size(), from)) {
      sink(std::string_view(bytes).substr(0, got));
      from += got;
    }
  } catch (const Trouble& trouble) {
    fail(path, trouble);
  }
}

std::string bytes_of_file(const fs::path& path, std::uint64_t from, std::size_t count) {
  try {
    const Opened file(path);
    std::string bytes(count, '\0');
    std::size_t have = 0;
    while (have < count) {
      const std::size_t got = file.read(bytes.data() + have, count - have, from + have);
      if (got == 0) break;
      have += got;
    }
    bytes.resize(have);
    return bytes;
  } catch (const Trouble& trouble) {
    fail(path, trouble);
  }
}

}  // namespace coalis
