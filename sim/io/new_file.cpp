// See new_file.hpp.
#include "new_file.hpp"

#include <H5Fpublic.h>
#include <H5Ppublic.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <system_error>

#include "coalis/io/build_info.hpp"
#include "coalis/model/simulate.hpp"

namespace coalis {
namespace {

namespace fs = std::filesystem;

ResultError exists_already(const fs::path& path) {
  return ResultError(path.string() + ": exists already; choose another name with -o or replace it with --force");
}

// In the same folder, so that renaming is one step of the file system.
fs::path temporary_name(const fs::path& path) {
  return path.parent_path() / fmt::format(".{}.{}.part", path.filename().string(), ::getpid());
}

void flush_to_disk(const fs::path& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags);
  const bool flushed = descriptor >= 0 && ::fsync(descriptor) == 0;
  const int reason = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (!flushed) throw ResultError(path.string() + ": could not be flushed to disk: " + std::strerror(reason));
}

// Without `overwrite` a file that has appeared at `path` meanwhile stays: link() fails where rename() would replace it.
void move_into_place(const fs::path& temporary, const fs::path& path, bool overwrite) {
  if (!overwrite && ::link(temporary.c_str(), path.c_str()) == 0) {
    ::unlink(temporary.c_str());
    return;
  }
  if (!overwrite && fs::exists(path)) throw exists_already(path);
  fs::rename(temporary, path);  // asked to replace, or a file system without links
}

void write_provenance(hid_t file, const Provenance& provenance) {
  const h5::Handle group = h5::create_group(file, "provenance");
  h5::write_attribute(group, "title", std::string("What may differ between two equal runs"));
  h5::write_attribute(group, "command", provenance.command);
  h5::write_attribute(group, "host", provenance.host);
  h5::write_attribute(group, "date", provenance.date);
  h5::write_attribute(group, "compiler", provenance.compiler);
  h5::write_attribute(group, "threads", std::int32_t{provenance.threads});
}

}  // namespace

Provenance provenance(std::string command, int threads) {
  std::array<char, 256> host{};
  if (::gethostname(host.data(), host.size() - 1) != 0) host[0] = '\0';
  std::array<char, 32> date{};
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  ::gmtime_r(&now, &utc);
  std::strftime(date.data(), date.size(), "%Y-%m-%dT%H:%M:%SZ", &utc);
  return {std::move(command), host.data(), date.data(), build_info().compiler, threads};
}

void check_result_path(const fs::path& path, bool overwrite) {
  if (fs::is_directory(path)) throw ResultError(path.string() + ": is a folder; name a file");
  if (!overwrite && fs::exists(path)) throw exists_already(path);
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  if (!fs::is_directory(folder)) throw ResultError(folder.string() + ": there is no such folder; create it first");
  if (::access(folder.c_str(), W_OK) != 0)
    throw ResultError(folder.string() + ": cannot be written to; choose another folder with -o");
}

namespace io {

NewFile::NewFile(fs::path path, bool overwrite) : path_(std::move(path)), overwrite_(overwrite) {
  check_result_path(path_, overwrite_);
  temporary_ = temporary_name(path_);
  std::error_code ignored;
  fs::remove(temporary_, ignored);  // of an earlier process with the same number that was killed
  try {
    file_ = h5::create_file(temporary_);
    recorder_.emplace(file_);
  } catch (const h5::Error&) {
    fs::remove(temporary_, ignored);
    throw;
  }
}

NewFile::~NewFile() {
  file_.close();
  std::error_code ignored;
  if (!temporary_.empty()) fs::remove(temporary_, ignored);
}

void NewFile::begin_flush() const {
#ifdef SYNC_FILE_RANGE_WRITE
  void* descriptor = nullptr;
  h5::check(H5Fget_vfd_handle(file_, H5P_DEFAULT, &descriptor), "find the file's descriptor");
  ::sync_file_range(*static_cast<const int*>(descriptor), 0, 0, SYNC_FILE_RANGE_WRITE);  // a hint; fsync tells of failures
#endif
}

void NewFile::finish(const Provenance& what) {
  write_provenance(file_, what);
  h5::write_checksums(file_, recorder_->content());
  h5::check(H5Fflush(file_, H5F_SCOPE_GLOBAL), "write the file");
  if (!file_.close()) throw h5::Error("HDF5 could not close the file");
  if (h5::failed_closings() != failed_before_) throw h5::Error("HDF5 could not write a part of the file when that was closed");
  flush_to_disk(temporary_, O_RDWR);
  h5::check_content(h5::open_file(temporary_), recorder_->content());
  move_into_place(temporary_, path_, overwrite_);
  temporary_.clear();
  flush_to_disk(path_.has_parent_path() ? path_.parent_path() : fs::path("."), O_RDONLY | O_DIRECTORY);
}

void write_identity(hid_t file, std::string_view format, int format_version, const std::string& title, std::uint64_t seed) {
  const auto text = [&](const char* name, std::string_view value) { h5::write_attribute(file, name, std::string(value)); };
  text("format", format);
  h5::write_attribute(file, "format_version", std::int32_t{format_version});
  text("Conventions", "CF-1.8");
  text("title", title);
  text("source", "Coalis " + build_info().version);
  text("program_version", build_info().version);
  text("model_version", model_version);
  text("commit", build_info().commit);
  h5::write_attribute(file, "seed", seed);
}

}  // namespace io
}  // namespace coalis
