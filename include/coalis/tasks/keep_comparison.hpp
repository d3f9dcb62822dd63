// Keeps a comparison in an HDF5 file (docs/formats/comparison.md).
#pragma once

#include <filesystem>
#include <string>

#include "coalis/io/hdf5/comparison_file.hpp"
#include "coalis/tasks/compare.hpp"

namespace coalis {

// What a comparison takes, with `file` if it is not ""; throws TooLarge if it does not fit.
void require_room(const Comparison& question, int threads, const std::filesystem::path& file);

// Written beside `path` under a temporary name; it appears whole when the comparison is finished.
class ComparisonKeeper final : public ComparisonSink {
 public:
  // command: line that makes the file, for its provenance. Throws ResultError as ComparisonWriter does.
  ComparisonKeeper(const std::filesystem::path& path, bool overwrite, const Comparison& question, const std::string& command,
                   int threads);
  void add(const Comparison& question, std::span<const RunRecord> records) override;
  void finish(const ComparisonAnswer& answer) override;

 private:
  ComparisonWriter writer_;
};

}  // namespace coalis
