// The text of a study's answer: a paragraph with places for figures and wordings chosen by what they say.
//   {NAME}               the figure; differences with their sign, means with ± half the 95 % Monte Carlo interval; a clear
//                        difference below what matters with these words, unless a wording of its own says it
//   {NAME.size}          of a difference: without its sign
//   {NAME.range}         of a level or a difference: where the middle 80 % of the replicates lie
//   {NAME.share}         of a difference: share of the pairs in which it is beyond what matters, on the side of the mean
//   {NAME.at}, {NAME.from}   of a difference: the two levels
//   {NAME: a | b | c}    the wording of its verdict (questions/study/figures.hpp); wordings may hold all of these. A difference
//   may have
//                        a fourth: clear, but smaller than what matters; without it the first or the second is taken
#pragma once

#include <functional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/questions/study/figures.hpp"

namespace coalis {

// Says what is wrong with a text, and what to do.
struct AnswerTextError : std::runtime_error {
  AnswerTextError(const std::string& problem, std::string what_to_do)
      : std::runtime_error(problem), advice(std::move(what_to_do)) {}
  std::string advice;
};

// How people call a value of a dimension.
using ValueLabel = std::function<std::string(std::size_t dimension, const std::string& value)>;

class AnswerText {
 public:
  // Throws AnswerTextError: a figure that is not there, something that it does not have, too many or too few wordings.
  AnswerText(std::string_view text, std::span<const Figure> figures);
  // One paragraph, a value a figure.
  std::string fill(std::span<const FigureValue> values, const ValueLabel& label) const;

 private:
  struct Piece;
  using Pieces = std::vector<Piece>;
  struct Piece {
    std::string text;  // or, if `shows`,
    bool shows = false;
    std::size_t figure = 0;            // a figure,
    std::string attribute;             // something of it,
    std::vector<Pieces> alternatives;  // or the wording that it chooses
  };
  class Parser;
  void note_small(const Pieces& pieces);
  std::string filled(const Pieces& pieces, std::span<const FigureValue> values, const ValueLabel& label) const;

  std::vector<Figure> figures_;
  Pieces pieces_;
  std::vector<bool> says_small_;  // [figure]: a wording says that it is smaller than what matters
};

// The figure by itself: "+0.190 ± 0.004", "between 0.5 and 1", "none".
std::string figure_text(const Figure& figure, const FigureValue& value, const ValueLabel& label);
// Where the middle 80 % of the replicates lie, "0.10 to 0.28"; "" if it is no level and no difference.
std::string range_text(const Figure& figure, const FigureValue& value);
// Its verdict in a word or two: "higher", "no clear difference"; "" of a level.
std::string verdict_text(const Figure& figure, const FigureValue& value);

// The sentence on several structures: values[structure][figure]. On how many figures they come to the same verdict (of a peak or
// a best value: the same values), on which not and how.
std::string agreement_text(std::span<const Figure> figures, std::span<const std::string> structures,
                           std::span<const std::vector<FigureValue>> values, const ValueLabel& label);

}  // namespace coalis
