// Reading a result file back, with errors that say what to do.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <set>
#include <string>
#include <string_view>

#include "coalis/io/hdf5/comparison_file.hpp"
#include "coalis/io/hdf5/result_file.hpp"
#include "coalis/io/hdf5/study_result.hpp"
#include "coalis/io/text/file_kind.hpp"
#include "coalis/io/text/whole_file.hpp"
#include "hdf5_content.hpp"
#include "io/text/in_child.hpp"
#include "result_open.hpp"
#include "result_parameters.hpp"

namespace coalis {
namespace io {

constexpr FileKind result_kind{result_format, result_format_version_oldest, result_format_version, "result file",
                               "coalis run",  "run the scenario again"};
constexpr FileKind comparison_kind{comparison_format,         comparison_format_version_oldest,
                                   comparison_format_version, "comparison file",
                                   "coalis compare -o",       "run the comparison again"};
constexpr FileKind study_kind{study_result_format,        study_result_format_version, study_result_format_version,
                              "merged result of a study", "coalis study run",          "run the study again"};

}  // namespace io

namespace {

namespace fs = std::filesystem;

constexpr std::array every_kind{io::result_kind, io::comparison_kind, io::study_kind};

constexpr std::uintmax_t bytes_a_second = 20'000'000;  // at least, where a file is read and no end is found

[[noreturn]] void fail(const fs::path& path, const std::string& what) { throw ResultError(path.string() + ": " + what); }

h5::Handle open_or_fail(const fs::path& path, const io::FileKind& kind) {
  try {
    return h5::open_file(path);
  } catch (const h5::Error& error) {
    for (const int reason : {EMFILE, ENFILE, ENOMEM, EACCES, EIO})
      if (const std::string why = std::strerror(reason); std::string_view(error.what()).find(why) != std::string_view::npos)
        fail(path, fmt::format("cannot be read: {}; check the limits of the system, the disk and permissions", why));
    fail(path, fmt::format("truncated or damaged; copy it again or {}", kind.again));
  }
}

ResultFile read(const fs::path& path, hid_t file) {
  ResultFile result;
  result.format_version = io::checked_version(path, file, io::result_kind);
  result.program_version = h5::read_text_attribute(file, "program_version");
  result.model_version = h5::read_text_attribute(file, "model_version");
  result.commit = h5::read_text_attribute(file, "commit");
  result.scenario_text = h5::read_text_attribute(file, "scenario");
  result.seed = h5::read_attribute<std::uint64_t>(file, "seed");
  result.replicates = h5::read_dataset<std::uint32_t>(file, "replicates/replicate");
  const std::array<hsize_t, 1> rows{result.replicates.size()};
  h5::check_shape(file, "replicates/hash", rows);
  result.hashes = h5::read_dataset<std::uint64_t>(file, "replicates/hash");
  const h5::Handle outcomes = h5::open_group(file, "outcomes");
  for (const auto& name : h5::dataset_names(outcomes)) {
    if (name == "replicate") continue;
    result.outcome_names.push_back(name);
    result.outcomes.push_back(h5::read_array<double>(outcomes, name, rows));
  }
  result.parameters = io::read_drawn_sets(file, result.replicates.size());
  return result;
}

std::string format_of(hid_t file) { return h5::has_attribute(file, "format") ? h5::read_text_attribute(file, "format") : ""; }

[[noreturn]] void fail_as_other(const fs::path& path, const FileIdentity& found, const io::FileKind& kind) {
  fail(path, fmt::format("{}; {}s are written by `{}`",
                         found.is.empty() ? "not a Coalis file" : another_kind_text(found, fmt::format("a {}", kind.name)),
                         kind.name, kind.command));
}

[[noreturn]] void fail_as_damaged(const fs::path& path, std::string_view what, const io::FileKind& kind) {
  fail(path, fmt::format("damaged: {}; copy it again or {}", what, kind.again));
}

constexpr char with_checksums = 'y', without_checksums = 'n';  // before the format in the child's answer

// In the child: every error as check_file() says it.
std::string read_whole(const fs::path& path, std::span<const io::FileKind> kinds, const std::set<std::string>& wanted) {
  io::FileKind kind = kinds.front();
  try {
    const h5::Handle file = open_or_fail(path, kind);
    const std::string format = format_of(file);
    for (const io::FileKind& one : kinds)
      if (one.format == format) kind = one;
    io::checked_version(path, file, kind);
    return (h5::check_content(file, wanted) ? with_checksums : without_checksums) + format;
  } catch (const h5::Error& error) {
    fail_as_damaged(path, error.what(), kind);
  }
}

}  // namespace

CheckedPath io::check_file(const fs::path& path, std::span<const FileKind> kinds, const std::set<std::string>& wanted) {
  std::error_code ignored;
  if (bytes_of_file(path, 0, 1).empty())  // throws for a folder, a pipe and what may not be read
    fail(path, fmt::format("{}; {}s are written by `{}`", empty_file, kinds.front().name, kinds.front().command));
  if (const FileIdentity found = looks_like(path); found.family != FileFamily::hdf5) fail_as_other(path, found, kinds.front());
  const auto seconds = 60 + fs::file_size(path, ignored) / bytes_a_second;
  const ChildAnswer answer = in_child([&] { return read_whole(path, kinds, wanted); }, seconds);
  if (!answer.crash.empty())
    fail_as_damaged(path, fmt::format("the HDF5 library {} when it read it", answer.crash), kinds.front());
  if (!answer.succeeded) throw ResultError(answer.text);
  return {path, answer.text.substr(1), answer.text[0] == with_checksums};
}

h5::Handle io::open_hdf5(const CheckedPath& checked, const FileKind& kind) {
  h5::Handle file = open_or_fail(checked.path, kind);
  checked_version(checked.path, file, kind);
  return file;
}

h5::Handle io::open_hdf5(const fs::path& path, const FileKind& kind) { return open_hdf5(check_file(path, {&kind, 1}), kind); }

const io::FileKind& io::kind_of(const CheckedPath& checked) {
  return *std::find_if(every_kind.begin(), every_kind.end(), [&](const FileKind& kind) { return kind.format == checked.format; });
}

int io::checked_version(const fs::path& path, hid_t file, const FileKind& kind) {
  if (const std::string format = format_of(file); format != kind.format) fail_as_other(path, hdf5_of(format), kind);
  const int version = h5::read_attribute<std::int32_t>(file, "format_version");
  const auto versions = [&](std::string_view verdict, std::string_view advice) {
    fail(path, fmt::format("{}: it has format version {}, this program reads {} to {}; {}", verdict, version, kind.oldest,
                           kind.newest, advice));
  };
  if (version < kind.oldest) versions("too old", fmt::format("{}, or read it with an older Coalis", kind.again));
  if (version > kind.newest) versions("too new", "read it with a newer Coalis");
  return version;
}

CheckedPath check_content(const fs::path& path) { return io::check_file(path, every_kind); }

ResultFile open_result(const CheckedPath& checked) {
  const h5::Handle file = io::open_hdf5(checked, io::result_kind);
  try {
    ResultFile result = read(checked.path, file);
    result.has_checksums = checked.has_checksums;
    return result;
  } catch (const h5::Error& error) {
    fail_as_damaged(checked.path, error.what(), io::result_kind);
  }
}

ResultFile open_result(const fs::path& path) {
  return open_result(io::check_file(path, {&io::result_kind, 1}, {"replicates", "outcomes"}));
}

}  // namespace coalis
