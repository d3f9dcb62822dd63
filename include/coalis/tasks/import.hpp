// A coalition's own tables, read and written as a scenario with its evidence.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "coalis/core/diagnostic.hpp"
#include "coalis/io/import/import.hpp"

namespace coalis {

struct ImportWanted {
  std::vector<std::filesystem::path> inputs;  // files, or folders of which the tables are read
  std::filesystem::path folder;               // for what is written
  std::string programs;                       // folders of programs, as PATH has them: Python reads workbooks
  std::filesystem::path mapping;              // of an earlier import; "": that of the folder, if there is one
  ImportAnswers answers;                      // they go before those of the mapping
  std::string title;
  bool assume = false;  // take the first answer of every question that is open
  bool overwrite = false;
};

struct ImportDone {
  std::vector<Diagnostic> problems;       // then nothing was written
  std::vector<ImportQuestion> questions;  // open ones; then nothing was written, unless they were to be assumed
  Imported imported;
  std::vector<std::string> assumed, not_read;
  std::vector<std::string> kept;  // files changed by hand that were put aside: one sentence each
  std::vector<std::filesystem::path> written;
};

// Throws FileError: an input cannot be read, an output cannot be written.
ImportDone import_coalition(const ImportWanted& wanted);

}  // namespace coalis
