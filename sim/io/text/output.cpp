// See output.hpp.
#include "coalis/io/text/output.hpp"

#include <fmt/format.h>

#include <set>
#include <vector>

#include "coalis/io/text/file_error.hpp"
#include "output_file.hpp"

namespace coalis {

void check_output_path(const std::filesystem::path& path, bool overwrite) {
  io::check_target(path, overwrite ? io::Replace::asked : io::Replace::never);
}

void check_outputs(std::span<const std::filesystem::path> paths, bool overwrite) {
  std::set<std::filesystem::path> targets;
  for (const auto& path : paths) {
    check_output_path(path, overwrite);
    std::error_code error;
    // weakly_canonical leaves "x" relative where it is absent, and makes "./x" absolute.
    const auto target = std::filesystem::absolute(io::followed(path));
    const auto known = std::filesystem::weakly_canonical(target, error);
    if (!targets.insert(error ? target : known).second)
      throw FileError(path.string() + ": would be written twice; give each output a name of its own");
  }
}

void make_output_folder(const std::filesystem::path& folder) {
  namespace fs = std::filesystem;
  std::error_code error, ignored;
  io::refuse_store(folder, folder);
  fs::create_directories(folder, error);
  if (fs::is_directory(folder, ignored)) return;
  const fs::file_status found = fs::symlink_status(folder, ignored);
  const std::string why = fs::is_symlink(found) ? "a link that leads to no folder" : fs::exists(found) ? "no folder" : "";
  throw FileError(why.empty() ? fmt::format("{}: the folder cannot be made: {}; name another", folder.string(), error.message())
                              : fmt::format("{}: is {}; name another", folder.string(), why));
}

void check_outputs_in(const std::filesystem::path& folder, std::span<const std::string> files, bool overwrite,
                      std::span<const std::filesystem::path> others) {
  make_output_folder(folder);
  std::vector<std::filesystem::path> paths(others.begin(), others.end());
  for (const std::string& file : files) {
    std::error_code ignored;
    if (!overwrite && std::filesystem::exists(folder / file, ignored))
      throw FileError((folder / file).string() + ": exists already; name another folder or replace it with --force");
    paths.push_back(folder / file);
  }
  check_outputs(paths, overwrite);
}

void write_output(const std::filesystem::path& path, std::string_view text, bool overwrite) {
  io::OutputFile file(path, overwrite ? io::Replace::asked : io::Replace::never);
  file.write(text);
  file.put_in_place();
}

}  // namespace coalis
