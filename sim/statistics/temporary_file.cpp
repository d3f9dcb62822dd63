// See temporary_file.hpp. One file serves the whole process; places that are released are used again.
#include "temporary_file.hpp"

#include <stdexcept>
#include <string>

#include "coalis/statistics/column_store.hpp"

namespace coalis {
namespace {

std::string& folder() {
  static std::string name = "/tmp";
  return name;
}

}  // namespace

void put_temporary_files(const std::string& name) { folder() = name; }
const std::string& temporary_folder() { return folder(); }

}  // namespace coalis

#ifdef __wasi__  // no temporary files, no threads

namespace coalis {

std::shared_ptr<const std::uint64_t> write_aside(const void*, std::size_t) { return nullptr; }
void read_aside(std::uint64_t, void*, std::size_t) { throw std::logic_error("read_aside: nothing was written"); }
std::string temporary_file_trouble() { return ""; }

}  // namespace coalis

#else

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <map>
#include <mutex>
#include <vector>

namespace coalis {
namespace {

class TemporaryFile {
 public:
  static TemporaryFile& shared() {
    static TemporaryFile file;
    return file;
  }

  // Where the bytes are from now on, released with the last copy; null if they could not be written.
  std::shared_ptr<const std::uint64_t> write(const void* bytes, std::size_t size) {
    const std::lock_guard guard(lock_);
    if (!trouble_.empty() || !open()) return nullptr;
    auto& idle = idle_[size];
    const std::uint64_t at = idle.empty() ? end_ : idle.back();
    if (!write_at(at, static_cast<const char*>(bytes), size)) return nullptr;
    if (idle.empty())
      end_ += size;
    else
      idle.pop_back();
    return {new std::uint64_t(at), [this, size](const std::uint64_t* place) {
              release(*place, size);
              delete place;
            }};
  }

  void read(std::uint64_t at, void* bytes, std::size_t size) const {
    for (auto* to = static_cast<char*>(bytes); size > 0;) {
      const auto got = ::pread(descriptor_, to, size, static_cast<off_t>(at));
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0)
        throw std::runtime_error(
            "the temporary file cannot be read: " + std::string(got < 0 ? std::strerror(errno) : "it is too short") +
            "; check the disk and run again, with TMPDIR set to another folder");
      to += got;
      at += static_cast<std::uint64_t>(got);
      size -= static_cast<std::size_t>(got);
    }
  }

  std::string trouble() const {
    const std::lock_guard guard(lock_);
    return trouble_;
  }

 private:
  bool open() {
    if (descriptor_ >= 0) return true;
    std::error_code error;
    const auto status = std::filesystem::status(temporary_folder(), error);
    if (!error && status.type() != std::filesystem::file_type::directory)
      error = std::make_error_code(std::errc::not_a_directory);
    if (error) return fail(error.message());
    std::string name = (std::filesystem::path(temporary_folder()) / "coalis-XXXXXX").string();
    descriptor_ = ::mkostemp(name.data(), O_CLOEXEC);
    if (descriptor_ < 0) return fail(std::strerror(errno));
    ::unlink(name.c_str());
    return true;
  }
  bool write_at(std::uint64_t at, const char* bytes, std::size_t size) {
    while (size > 0) {
      const auto written = ::pwrite(descriptor_, bytes, size, static_cast<off_t>(at));
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return fail(std::strerror(errno));
      bytes += written;
      at += static_cast<std::uint64_t>(written);
      size -= static_cast<std::size_t>(written);
    }
    return true;
  }
  bool fail(const std::string& reason) {
    trouble_ =
        "no temporary file could be written in " + temporary_folder() + " (" + reason +
        "), so figures of all replicates were kept in memory; nothing is lost, but very many replicates need TMPDIR set to a "
        "folder with room";
    return false;
  }
  void release(std::uint64_t at, std::size_t size) {
    const std::lock_guard guard(lock_);
    idle_[size].push_back(at);
  }

  mutable std::mutex lock_;
  int descriptor_ = -1;
  std::uint64_t end_ = 0;
  std::map<std::size_t, std::vector<std::uint64_t>> idle_;  // by size
  std::string trouble_;
};

}  // namespace

std::shared_ptr<const std::uint64_t> write_aside(const void* bytes, std::size_t size) {
  return TemporaryFile::shared().write(bytes, size);
}
void read_aside(std::uint64_t at, void* bytes, std::size_t size) { TemporaryFile::shared().read(at, bytes, size); }
std::string temporary_file_trouble() { return TemporaryFile::shared().trouble(); }

}  // namespace coalis

#endif
