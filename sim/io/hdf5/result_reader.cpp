// Reading a result file back, with errors that say what to do.
#include <fmt/format.h>

#include <array>
#include <set>
#include <string>
#include <string_view>

#include "coalis/io/hdf5/result_file.hpp"
#include "coalis/io/text/file_kind.hpp"
#include "coalis/io/text/whole_file.hpp"
#include "hdf5_content.hpp"
#include "io/text/in_child.hpp"
#include "result_open.hpp"
#include "result_parameters.hpp"

namespace coalis {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t bytes_a_second = 20'000'000;  // at least, where a file is read and no end is found

[[noreturn]] void fail(const fs::path& path, const std::string& what) { throw ResultError(path.string() + ": " + what); }

h5::Handle open_or_fail(const fs::path& path, const io::FileKind& kind) {
  try {
    return h5::open_file(path);
  } catch (const h5::Error&) {
    fail(path, fmt::format("truncated or damaged; copy it again or {}", kind.again));
  }
}

constexpr io::FileKind result_kind{result_format, result_format_version_oldest, result_format_version, "result file",
                                   "coalis run",  "run the scenario again"};

ResultFile read(const fs::path& path, hid_t file) {
  ResultFile result;
  result.format_version = io::checked_version(path, file, result_kind);
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

}  // namespace

namespace {

constexpr std::string_view has_checksums = "checked";

// In the child: every error as open_checked() says it.
std::string read_whole(const fs::path& path, const io::FileKind& kind, const std::set<std::string>& wanted) {
  try {
    const h5::Handle file = open_or_fail(path, kind);
    io::checked_version(path, file, kind);
    return h5::check_content(file, wanted) ? std::string(has_checksums) : "";
  } catch (const h5::Error& error) {
    fail(path, fmt::format("damaged: {}; copy it again or {}", error.what(), kind.again));
  }
}

}  // namespace

io::CheckedFile io::open_checked(const fs::path& path, const FileKind& kind, const std::set<std::string>& wanted) {
  std::error_code ignored;
  if (!fs::exists(path, ignored)) fail(path, "there is no such file; check the name");
  bytes_of_file(path, 0, 1);  // throws for a folder, a pipe and what may not be read
  if (const FileIdentity found = what_is(path); found.family != FileFamily::hdf5)
    fail(path, found.is.empty() ? fmt::format("not a Coalis file; {}s are written by `{}`", kind.name, kind.command)
                                : fmt::format("{}; {}s are written by `{}`",
                                              another_kind_text(found, fmt::format("a {}", kind.name)), kind.name, kind.command));
  const auto seconds = 60 + fs::file_size(path, ignored) / bytes_a_second;
  const ChildAnswer answer = in_child([&] { return read_whole(path, kind, wanted); }, seconds);
  if (!answer.crash.empty())
    fail(path, fmt::format("damaged: the HDF5 library {} when it read it; copy it again or {}", answer.crash, kind.again));
  if (!answer.succeeded) throw ResultError(answer.text);
  return {open_or_fail(path, kind), answer.text == has_checksums};
}

h5::Handle io::open_hdf5(const fs::path& path, const FileKind& kind) { return std::move(open_checked(path, kind).file); }

int io::checked_version(const fs::path& path, hid_t file, const FileKind& kind) {
  const std::string format = h5::has_attribute(file, "format") ? h5::read_text_attribute(file, "format") : "";
  if (format != kind.format)
    fail(path, fmt::format("{}; {}s are written by `{}`", another_kind_text(what_is(path), fmt::format("a {}", kind.name)),
                           kind.name, kind.command));
  const int version = h5::read_attribute<std::int32_t>(file, "format_version");
  const auto versions = [&](std::string_view verdict, std::string_view advice) {
    fail(path, fmt::format("{}: it has format version {}, this program reads {} to {}; {}", verdict, version, kind.oldest,
                           kind.newest, advice));
  };
  if (version < kind.oldest) versions("too old", fmt::format("{}, or read it with an older Coalis", kind.again));
  if (version > kind.newest) versions("too new", "read it with a newer Coalis");
  return version;
}

h5::Handle io::open_result_file(const fs::path& path) {
  h5::Handle file = open_hdf5(path, result_kind);
  checked_version(path, file, result_kind);
  return file;
}

ResultFile open_result(const fs::path& path) {
  const io::CheckedFile opened = io::open_checked(path, result_kind, {"replicates", "outcomes"});
  try {
    ResultFile result = read(path, opened.file);
    result.has_checksums = opened.has_checksums;
    return result;
  } catch (const h5::Error& error) {
    fail(path, std::string("damaged: ") + error.what() + "; copy it again or run the scenario again");
  }
}

}  // namespace coalis
