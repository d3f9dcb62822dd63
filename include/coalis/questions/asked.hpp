// What comes of asking: a question that can be answered, or everything that is wrong with it.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "coalis/core/diagnostic.hpp"

namespace coalis {

// Problems may be warnings alone, beside a question.
template <class Question>
struct Asked {
  std::optional<Question> question;
  std::vector<Diagnostic> problems;

  bool ok() const { return question.has_value(); }
};

// What is wrong with an option: it stands where a file would ("--outcomes engagd", as the command line has it; other faces write
// their own names), without a line; "" for what is wrong with the question as a whole.
inline Diagnostic option_problem(std::string option, std::string problem, std::string advice = "") {
  return {std::move(option), 0, 0, false, std::move(problem), std::move(advice), true};
}

// Adds what else was found; whether it is warnings alone.
inline bool add_problems(std::vector<Diagnostic>& problems, const std::vector<Diagnostic>& more) {
  problems.insert(problems.end(), more.begin(), more.end());
  return std::all_of(more.begin(), more.end(), [](const Diagnostic& d) { return d.warning; });
}

}  // namespace coalis
