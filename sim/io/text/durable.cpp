// System calls, each with its error said in words.
#include "durable.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>

#include "coalis/io/text/file_error.hpp"
#include "coalis/io/text/file_locks.hpp"
#include "output_file.hpp"

namespace coalis {
namespace io {
namespace {

std::atomic<bool> locks_wanted = true;

namespace fs = std::filesystem;

class Descriptor {
 public:
  Descriptor(const fs::path& path, int flags) : path_(path), id_(::open(path.c_str(), flags | O_CLOEXEC, 0666)) {
    if (id_ < 0) fail_writing(path, "cannot be opened", errno);
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
      if (written < 0) fail_writing(path_, "cannot be written", errno);
      content.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  void flush() {
    if (::fsync(id_) != 0) fail_writing(path_, "cannot be flushed to disk", errno);
  }

 private:
  fs::path path_;
  int id_;
};

}  // namespace

void write_durably(const fs::path& path, std::string_view content) {
  OutputFile file(path, Replace::own);
  file.write(content);
  file.put_in_place();
}

bool write_new(const fs::path& path, std::string_view content) {
  const auto taken = [&] {
    std::error_code ignored;
    return fs::exists(fs::symlink_status(followed(path), ignored));
  };
  if (taken()) return false;
  try {
    OutputFile file(path, Replace::never);
    file.write(content);
    file.put_in_place();
  } catch (const FileError&) {
    if (taken()) return false;
    throw;
  }
  return true;
}

void append_durably(const fs::path& path, std::string_view content) {
  Descriptor file(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW);
  file.write(content);
  file.flush();
}

bool locks_are_wanted() { return locks_wanted; }

namespace {

struct flock of_byte(std::uint64_t byte, int type) {
  struct flock request {};
  request.l_type = static_cast<short>(type);
  request.l_whence = SEEK_SET;
  request.l_start = static_cast<off_t>(byte);
  request.l_len = 1;
  return request;
}

}  // namespace

bool set_lock(int descriptor, std::uint64_t byte, Lock lock, bool wait) {
  if (!locks_wanted) throw NoLocks("files are not to be locked", true);
  struct flock request = of_byte(byte, lock == Lock::shared ? F_RDLCK : F_WRLCK);
  while (::fcntl(descriptor, wait ? F_OFD_SETLKW : F_OFD_SETLK, &request) != 0) {
    if (errno == EINTR) continue;
    if (errno == EAGAIN || errno == EACCES) return false;
    throw NoLocks(fmt::format("cannot lock the store: {}; is it on a file system with locks?", std::strerror(errno)), false);
  }
  return true;
}

void drop_lock(int descriptor, std::uint64_t byte) noexcept {
  struct flock request = of_byte(byte, F_UNLCK);
  while (::fcntl(descriptor, F_OFD_SETLKW, &request) != 0 && errno == EINTR) {
  }
}

bool is_locked(int descriptor, std::uint64_t byte) {
  struct flock request = of_byte(byte, F_WRLCK);
  return ::fcntl(descriptor, F_OFD_GETLK, &request) == 0 && request.l_type != F_UNLCK;
}

}  // namespace io

void use_no_file_locks() { io::locks_wanted = false; }

}  // namespace coalis
