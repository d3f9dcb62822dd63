// Text of diagnostics and of suggestions.
#include "coalis/core/diagnostic.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "coalis/core/characters.hpp"
#include "coalis/core/edit_distance.hpp"

namespace coalis {

std::string to_string(const Diagnostic& diagnostic) {
  std::string text = diagnostic.file;
  if (diagnostic.line > 0) text += fmt::format(":{}", diagnostic.line);
  if (diagnostic.column > 0) text += fmt::format(":{}", diagnostic.column);
  if (diagnostic.of_question)
    text += (text.empty() ? "" : ": ") + diagnostic.problem;
  else
    text += fmt::format(": {}: {}", diagnostic.warning ? "warning" : "error", diagnostic.problem);
  if (!diagnostic.advice.empty()) text += "; " + diagnostic.advice;
  return visible(text, Lines::one);
}

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
  std::string best;
  std::size_t least = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const std::string& candidate : candidates) {
    if (candidate.size() > word.size() + least || word.size() > candidate.size() + least) continue;
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

std::string choose_advice(std::string_view word, const std::vector<std::string>& candidates) {
  if (const std::string best = nearest(word, candidates); !best.empty()) return fmt::format("did you mean '{}'?", best);
  if (candidates.empty()) return "there is none to choose from";
  constexpr std::size_t most = 12;
  std::string text = "choose one of ";
  for (std::size_t i = 0; i < std::min(most, candidates.size()); ++i) text += (i > 0 ? ", '" : "'") + candidates[i] + "'";
  return candidates.size() > most ? text + ", ..." : text;
}

}  // namespace coalis
