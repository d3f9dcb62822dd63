// A result file from beginning to end: written aside, flushed, renamed.
#include <H5Fpublic.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <ctime>
#include <system_error>

#include "coalis/io/build_info.hpp"
#include "coalis/io/result_file.hpp"
#include "coalis/model/simulate.hpp"
#include "result_sections.hpp"

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

void write_root(hid_t file, const Scenario& scenario, const ResultInfo& info) {
  using h5::write_attribute;
  const auto text = [&](const char* name, std::string_view value) { write_attribute(file, name, std::string(value)); };
  text("format", result_format);
  write_attribute(file, "format_version", std::int32_t{result_format_version});
  text("Conventions", "CF-1.8");
  text("title", scenario.name);
  text("source", "Coalis " + build_info().version);
  text("program_version", build_info().version);
  text("model_version", model_version);
  text("commit", build_info().commit);
  write_attribute(file, "seed", info.seed);
  text("scenario", info.scenario_text);
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
  if (::access(folder.c_str(), W_OK) != 0) throw ResultError(folder.string() + ": cannot be written to; choose another folder with -o");
}

struct ResultWriter::File {
  fs::path path, temporary;
  bool overwrite;
  Scenario scenario;  // of the sections
  Provenance provenance;
  h5::Handle file;
  std::vector<std::unique_ptr<io::Section>> sections;

  ~File() {
    sections.clear();
    file.close();
    std::error_code ignored;
    if (!temporary.empty()) fs::remove(temporary, ignored);
  }
};

ResultWriter::ResultWriter(fs::path path, bool overwrite, const Scenario& scenario, const ResultInfo& info,
                           const Recording& recording)
    : file_(std::make_unique<File>()) {
  check_result_path(path, overwrite);
  file_->path = std::move(path);
  file_->overwrite = overwrite;
  file_->scenario = scenario;
  file_->provenance = info.provenance;
  try {
    const fs::path temporary = temporary_name(file_->path);
    file_->file = h5::create_file(temporary);
    file_->temporary = temporary;
    write_root(file_->file, scenario, info);
    io::write_names(file_->file, scenario);
    file_->sections = io::make_sections(file_->file, file_->scenario, recording, info.replicates);
  } catch (const h5::Error& error) {
    throw ResultError(file_->path.string() + ": " + error.what());
  }
}

ResultWriter::~ResultWriter() = default;

void ResultWriter::append(const RunRecord& record) {
  try {
    for (auto& section : file_->sections) section->append(record);
  } catch (const h5::Error& error) {
    throw ResultError(file_->path.string() + ": " + error.what() + "; is the disk full?");
  }
}

void ResultWriter::finish(const Loop& loop) {
  try {
    for (auto& section : file_->sections) section->finish(loop);
    write_provenance(file_->file, file_->provenance);
    file_->sections.clear();
    h5::check(H5Fflush(file_->file, H5F_SCOPE_GLOBAL), "write the file");
    file_->file.close();
  } catch (const h5::Error& error) {
    throw ResultError(file_->path.string() + ": " + error.what() + "; is the disk full?");
  }
  flush_to_disk(file_->temporary, O_RDWR);
  move_into_place(file_->temporary, file_->path, file_->overwrite);
  file_->temporary.clear();
  flush_to_disk(file_->path.has_parent_path() ? file_->path.parent_path() : fs::path("."), O_RDONLY | O_DIRECTORY);
}

}  // namespace coalis
