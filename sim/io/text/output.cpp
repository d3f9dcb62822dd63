// See output.hpp.
#include "coalis/io/text/output.hpp"

#include <set>

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

void write_output(const std::filesystem::path& path, std::string_view text, bool overwrite) {
  io::OutputFile file(path, overwrite ? io::Replace::asked : io::Replace::never);
  file.write(text);
  file.put_in_place();
}

}  // namespace coalis
