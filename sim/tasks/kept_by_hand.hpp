// What somebody has changed by hand in the files of an earlier import, before another replaces them.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace coalis {

struct KeptByHand {
  std::string name, kept_as;  // of files in the folder; `kept_as` is free
  std::string text;           // that was found
};

// Of these files (name, text that is to be written) those of the folder that are neither so already nor as `sums`, checksums by
// name, says that they were written. Throws FileError: a file cannot be read.
std::vector<KeptByHand> changed_by_hand(const std::filesystem::path& folder,
                                        const std::vector<std::pair<std::string, std::string>>& texts,
                                        const std::map<std::string, std::string>& sums);

}  // namespace coalis
