// What `coalis best` has run, kept beside its answer until that is written (docs/formats/best.md): whatever ends the command, the
// same command goes on from it.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/io/text/file_error.hpp"
#include "coalis/questions/best/best.hpp"

namespace coalis {

// Draws of some options under one structure, in the order in which a search asks for them.
struct BestBatch {
  std::size_t structure = 0, first = 0, count = 0;
  std::vector<std::size_t> options;  // by number
  std::vector<double> values;        // [option][draw][outcome that was read]; NaN is missing

  bool is_of(const BestBatch& other) const {
    return structure == other.structure && first == other.first && count == other.count && options == other.options;
  }
};

// Everything that the draws depend on, the program included.
std::string best_key(const BestQuestion& question);

// "best.state.json" of "best.json".
std::filesystem::path best_state_path(const std::filesystem::path& answer);

// What the file keeps of the question with this key; nothing if there is none. Throws FileError: it is of another question or
// program, damaged, or no such state; with `replace` only the last: it will be replaced.
std::optional<std::vector<BestBatch>> read_best_state(const std::filesystem::path& path, const std::string& key, bool replace);
// Of its text; `path` stands for the file in errors.
std::vector<BestBatch> parse_best_state(std::string_view text, const std::filesystem::path& path, const std::string& key);
// Appears whole, in place of what the file kept. Throws FileError: also if a state of another question stands there and `replace`
// is false.
void write_best_state(const std::filesystem::path& path, const std::string& key, const std::vector<BestBatch>& batches,
                      bool replace);
// The error of a state whose batches are not those that the search asks for.
FileError wrong_best_state(const std::filesystem::path& path);
// Once the answer is written. Never throws: what cannot be removed is told from it by its key.
void remove_best_state(const std::filesystem::path& path);

}  // namespace coalis
