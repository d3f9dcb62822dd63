// What a result file has of each run, to compare with the run made again.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "coalis/io/hdf5/result_file.hpp"
#include "coalis/model/record.hpp"

namespace coalis {

class RecordedRuns {
 public:
  // Throws ResultError as open_result() does.
  explicit RecordedRuns(const CheckedPath& checked);
  ~RecordedRuns();
  RecordedRuns(const RecordedRuns&) = delete;
  RecordedRuns& operator=(const RecordedRuns&) = delete;

  // What a run must record to be compared.
  Recording recording() const;
  // Outcomes that are computed only when they are asked for are in the file.
  bool further() const;
  // Variables in which a row of the file is not what the record has ("outcomes/engaged"), bit by bit; rows must come in the order
  // of the file. Histograms and quantiles, which are made of these, are not compared. Throws ResultError: damaged.
  std::vector<std::string> differences(std::size_t row, const RunRecord& record);

 private:
  struct File;
  std::unique_ptr<File> file_;
};

}  // namespace coalis
