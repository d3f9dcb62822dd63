// System calls, each with its error said in words.
#include "durable.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "coalis/io/run_store.hpp"

namespace coalis::io {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path& path, std::string_view what, int reason) {
  const bool full = reason == ENOSPC || reason == EDQUOT || reason == EFBIG;
  throw StoreError(fmt::format("{}: {}: {}; {}", path.string(), what, std::strerror(reason),
                               full ? "make room on the disk, then give the same command again"
                                    : "check the disk and permissions, then give the same command again"),
                   full);
}

fs::path folder_of(const fs::path& path) { return path.has_parent_path() ? path.parent_path() : fs::path("."); }

class Descriptor {
 public:
  Descriptor(const fs::path& path, int flags) : path_(path), id_(::open(path.c_str(), flags | O_CLOEXEC, 0666)) {
    if (id_ < 0) fail(path, "cannot be opened", errno);
  }
  ~Descriptor() {
    if (id_ >= 0) ::close(id_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  void write(std::string_view content) {
    while (!content.empty()) {
      const auto written = ::write(id_, content.data(), content.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) fail(path_, "cannot be written", errno);
      content.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  void flush() {
    if (::fsync(id_) != 0) fail(path_, "cannot be flushed to disk", errno);
  }
  void close() {
    if (::close(std::exchange(id_, -1)) != 0) fail(path_, "cannot be written", errno);
  }

 private:
  fs::path path_;
  int id_;
};

}  // namespace

void write_durably(const fs::path& path, std::string_view content) {
  const fs::path part = folder_of(path) / fmt::format(".{}.{}{}", path.filename().string(), ::getpid(), part_ending);
  try {
    Descriptor file(part, O_WRONLY | O_CREAT | O_TRUNC);
    file.write(content);
    file.close();
    put_in_place(part, path);
  } catch (...) {
    ::unlink(part.c_str());
    throw;
  }
}

void put_in_place(const fs::path& part, const fs::path& path) {
  Descriptor(part, O_RDWR).flush();
  if (::rename(part.c_str(), path.c_str()) != 0) fail(path, "cannot be put in place", errno);
  Descriptor(folder_of(path), O_RDONLY | O_DIRECTORY).flush();
}

void append_durably(const fs::path& path, std::string_view content) {
  Descriptor file(path, O_WRONLY | O_CREAT | O_APPEND);
  file.write(content);
  file.flush();
}

bool set_lock(int descriptor, std::uint64_t byte, Lock lock, bool wait) {
  struct flock request {};
  request.l_type = lock == Lock::none ? F_UNLCK : lock == Lock::shared ? F_RDLCK : F_WRLCK;
  request.l_whence = SEEK_SET;
  request.l_start = static_cast<off_t>(byte);
  request.l_len = 1;
  while (::fcntl(descriptor, wait ? F_OFD_SETLKW : F_OFD_SETLK, &request) != 0) {
    if (errno == EINTR) continue;
    if (errno == EAGAIN || errno == EACCES) return false;
    throw StoreError(fmt::format("cannot lock the store: {}; is it on a file system with locks?", std::strerror(errno)));
  }
  return true;
}

bool is_locked(int descriptor, std::uint64_t byte) {
  struct flock request {};
  request.l_type = F_WRLCK;
  request.l_whence = SEEK_SET;
  request.l_start = static_cast<off_t>(byte);
  request.l_len = 1;
  return ::fcntl(descriptor, F_OFD_GETLK, &request) == 0 && request.l_type != F_UNLCK;
}

}  // namespace coalis::io
