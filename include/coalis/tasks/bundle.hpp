// A study as a folder to archive: what it was made from, its results, and a script that makes them again and compares.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>

#include "coalis/questions/asked.hpp"
#include "coalis/questions/study/points.hpp"

namespace coalis {

struct Bundle {
  std::filesystem::path folder;
  std::size_t inputs = 0, results = 0, files = 0;  // the last: with script, licence, hashes and the rest
  std::uint64_t bytes = 0;
};

// Writes the folder; without a name it is STUDY.bundle beside the study. Equal studies give equal bytes. Problems are those of
// the study. Throws FileError: runs are missing, the folder is not empty, or a file is named in a way that would not lead to its
// copy.
Asked<Bundle> bundle(const StudyOptions& options, std::filesystem::path folder);

}  // namespace coalis
