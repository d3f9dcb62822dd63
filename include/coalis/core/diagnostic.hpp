// What is wrong with something that was given: a file, an option.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace coalis {

// One thing that is wrong, where, and what to do about it.
struct Diagnostic {
  std::string file;  // as the path was given, or "--set path=value"
  int line = 0;      // from 1; 0 without a place in the file
  int column = 0;    // from 1, in characters
  bool warning = false;
  std::string problem;
  std::string advice;        // "" without
  bool of_question = false;  // `file` is an option or another part of what was asked, "" all of it
};
// "file:line:column: error: problem; advice"; of a question "--option value: problem; advice".
std::string to_string(const Diagnostic& diagnostic);

// The candidate that looks most like a misspelt word, "" if none is near.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

// "did you mean 'nearest'?", else "choose one of 'a', 'b'".
std::string choose_advice(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace coalis
