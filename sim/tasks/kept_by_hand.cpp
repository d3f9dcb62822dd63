// See kept_by_hand.hpp.
#include "tasks/kept_by_hand.hpp"

#include <fmt/format.h>

#include "coalis/io/text/files_in_use.hpp"
#include "coalis/io/text/whole_file.hpp"
#include "io/text/checksum.hpp"

namespace coalis {
namespace {

// "ours-before.toml", "ours-before-2.toml".
std::string free_name_before(const std::filesystem::path& folder, const std::filesystem::path& name) {
  std::error_code ignored;
  for (int times = 1;; ++times) {
    std::string kept =
        name.stem().string() + "-before" + (times > 1 ? fmt::format("-{}", times) : "") + name.extension().string();
    if (!std::filesystem::exists(folder / kept, ignored)) return kept;
  }
}

}  // namespace

std::vector<KeptByHand> changed_by_hand(const std::filesystem::path& folder,
                                        const std::vector<std::pair<std::string, std::string>>& texts,
                                        const std::map<std::string, std::string>& sums) {
  const FilesInUse::Looking looking;
  std::vector<KeptByHand> kept;
  std::error_code ignored;
  for (const auto& [name, text] : texts) {
    if (!std::filesystem::is_regular_file(folder / name, ignored)) continue;
    std::string found = text_of_file(folder / name, largest_table, Empty::allowed);
    const auto written = sums.find(name);
    const bool as_written = written != sums.end() && written->second == io::hex(io::checksum_of(found));
    if (found != text && !as_written) kept.push_back({name, free_name_before(folder, name), std::move(found)});
  }
  return kept;
}

}  // namespace coalis
