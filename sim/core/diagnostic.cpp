// Text of diagnostics and of suggestions.
#include "coalis/core/diagnostic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "coalis/core/characters.hpp"

namespace coalis {

std::string to_string(const Diagnostic& diagnostic) {
  std::string text = diagnostic.file;
  if (diagnostic.line > 0) text += fmt::format(":{}:{}", diagnostic.line, diagnostic.column);
  if (diagnostic.of_question)
    text += (text.empty() ? "" : ": ") + diagnostic.problem;
  else
    text += fmt::format(": {}: {}", diagnostic.warning ? "warning" : "error", diagnostic.problem);
  if (!diagnostic.advice.empty()) text += "; " + diagnostic.advice;
  return visible(text, Lines::one);
}

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Edit distance (insert, delete, replace, swap neighbours), letter case aside.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = lower(a[i - 1]) == lower(b[j - 1]);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0u : 1u)});
      if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1])) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
    before.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

}  // namespace

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
