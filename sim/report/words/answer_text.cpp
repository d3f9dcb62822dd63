// See answer_text.hpp.
#include "coalis/report/words/answer_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "coalis/core/characters.hpp"
#include "coalis/core/counted.hpp"
#include "coalis/core/double_math.hpp"
#include "coalis/core/number_text.hpp"
#include "coalis/report/words/plain_text.hpp"
#include "coalis/report/words/survey_words.hpp"

namespace coalis {
namespace {

constexpr std::size_t wordings_with_small = 4;  // of a difference: higher, lower, not clear, smaller than what matters
constexpr std::array<std::string_view, 2> of_levels{"range"};
constexpr std::array<std::string_view, 5> of_differences{"size", "range", "share", "at", "from"};

std::span<const std::string_view> attributes_of(FigureKind kind) {
  if (kind == FigureKind::level) return std::span(of_levels).first(1);
  if (kind == FigureKind::difference) return of_differences;
  return {};
}

constexpr int most_shown_decimals = 6;
constexpr std::string_view missing = "missing";

// Digits after the point so that the first digit of the uncertainty shows; two if it begins with 1.
int decimals(double uncertainty, double size) {
  if (!(uncertainty > 0)) return std::abs(size) >= 100 ? 0 : 2;
  return std::clamp(-power_of_ten_in(uncertainty / 2 * (1 + 1e-9)), 0, most_shown_decimals);
}

// half: of the 95 % interval of the mean.
// `below`: a border under which the size lies, and lies as printed too.
std::string with_interval(double mean, double half, bool sign, double below = std::numeric_limits<double>::infinity()) {
  if (std::isnan(mean)) return std::string(missing);
  int digits = decimals(half, mean);
  // A size beyond its interval is printed so, one within what matters as well.
  const auto printed = [&](double value) { return decimal_number(fixed(std::abs(value), digits)).value_or(0); };
  const auto contradicts = [&] { return (std::abs(mean) > half && printed(mean) <= printed(half)) || printed(mean) >= below; };
  while (digits < most_shown_decimals && contradicts()) ++digits;
  std::string number = fixed(mean, digits);
  if (sign && mean > 0 && number.find_first_of("123456789") != std::string::npos) number.insert(0, "+");
  return half > 0 ? fmt::format("{} ± {}", number, fixed(half, digits)) : number;
}

std::string interval(double low, double high) {
  if (std::isnan(low + high)) return std::string(missing);
  const int digits = decimals(std::abs(high - low) / 5, high);
  return fmt::format("{} to {}", fixed(low, digits), fixed(high, digits));
}

std::string_view unit(const Figure& figure) {
  if (!figure.percent) return "";
  return figure.kind == FigureKind::level ? " %" : figure.kind == FigureKind::difference ? " percentage points" : "";
}

// What is missing has no unit.
std::string with_unit(std::string number, std::string_view unit) { return number == missing ? number : number.append(unit); }

double scale(const Figure& figure) { return figure.percent ? 100 : 1; }

std::string list(const std::vector<std::string>& texts, std::string_view last) {
  std::string joined;
  for (std::size_t i = 0; i < texts.size(); ++i)
    joined.append(i == 0 ? "" : i + 1 == texts.size() ? last : std::string_view(", ")).append(texts[i]);
  return joined;
}

// What the size of a figure is said to be below, in printed units.
double border(const Figure& figure, const FigureValue& value) {
  return value.small ? matters_of(figure) * scale(figure) : std::numeric_limits<double>::infinity();
}

// After a clear difference that is smaller than what matters, in the same unit.
std::string small_text(const Figure& figure) {
  return fmt::format(", less than the {} that would matter", significant(matters_of(figure) * scale(figure), 6));
}

std::string attribute_text(const Figure& figure, const FigureValue& value, std::string_view attribute) {
  if (attribute == "range") return with_unit(range_text(figure, value), unit(figure));
  const PairedSummary& d = *value.difference;
  const double by = scale(figure);
  if (attribute == "size")
    return with_unit(with_interval(std::abs(d.mean) * by, half_width(d) * by, false, border(figure, value)), unit(figure));
  if (attribute == "share")
    return d.pairs == 0 ? std::string(missing) : percents({d.below, d.between, d.above})[d.mean < 0 ? 0 : 2];
  const Summary& level = attribute == "at" ? d.other : d.reference;
  return with_unit(with_interval(level.mean * by, half_width(level) * by, false), figure.percent ? " %" : "");
}

}  // namespace

// Reads a text from left to right.
class AnswerText::Parser {
 public:
  Parser(std::string_view text, std::span<const Figure> figures) : text_(text), figures_(figures) {}

  Pieces all() {
    Pieces pieces = sequence(false);
    if (at_ < text_.size()) fail("a '}' without its '{'", "remove it");
    return pieces;
  }

 private:
  [[noreturn]] void fail(const std::string& problem, const std::string& advice) const { throw AnswerTextError(problem, advice); }

  // Until the end, or within wordings until '|' or '}'.
  Pieces sequence(bool inside) {
    Pieces pieces;
    std::string text;
    const auto keep = [&] {
      if (!text.empty())
        pieces.push_back({.text = std::move(text), .shows = false, .figure = 0, .attribute = {}, .alternatives = {}});
      text.clear();
    };
    for (; at_ < text_.size() && text_[at_] != '}' && !(inside && text_[at_] == '|');) {
      if (text_[at_] == '{') {
        keep();
        ++at_;
        pieces.push_back(place());
      } else {
        const char c = text_[at_++];
        const bool space = c == '\n' || c == '\r' || c == '\t' || c == ' ';
        if (!space)
          text += c;
        else if (!text.ends_with(' '))
          text += ' ';
      }
    }
    keep();
    return pieces;
  }

  Piece place() {
    const std::size_t end = text_.find_first_of("{}:|", at_);
    if (end == std::string_view::npos || text_[end] == '{' || text_[end] == '|')
      fail(fmt::format("'{{{}' is not closed", trimmed(text_.substr(at_, std::min<std::size_t>(24, text_.size() - at_)))),
           "write {NAME}, {NAME.range} or {NAME: wording | wording}");
    const std::string name(trimmed(text_.substr(at_, end - at_)));
    const std::size_t dot = name.find('.');
    Piece piece{.text = {}, .shows = true, .figure = index_of(name.substr(0, dot)), .attribute = {}, .alternatives = {}};
    const Figure& figure = figures_[piece.figure];
    if (dot != std::string::npos) piece.attribute = known_attribute(figure, name.substr(dot + 1));
    at_ = end + 1;
    if (text_[end] == '}') return piece;
    read_alternatives(piece, figure);
    return piece;
  }

  void read_alternatives(Piece& piece, const Figure& figure) {
    while (true) {
      piece.alternatives.push_back(stripped(sequence(true)));
      if (at_ == text_.size()) fail(fmt::format("the wordings of '{}' are not closed", figure.name), "add '}' after the last");
      if (text_[at_++] == '}') break;
    }
    const auto kind = static_cast<std::size_t>(figure.kind);
    const bool right = piece.alternatives.size() == figure_verdicts[kind] ||
                       (figure.kind == FigureKind::difference && piece.alternatives.size() == wordings_with_small);
    if (right && piece.attribute.empty()) return;
    fail(fmt::format("'{}' has {} wordings", figure.name, piece.alternatives.size()),
         figure_verdicts[kind] == 0
             ? fmt::format("a {} has no verdict, show {{{}}}", figure_names[kind], figure.name)
             : fmt::format("a {} takes {}, see docs/formats/study.md", figure_names[kind], figure_verdicts[kind]));
  }

  static Pieces stripped(Pieces pieces) {
    if (pieces.empty()) return pieces;
    std::string &first = pieces.front().text, &last = pieces.back().text;
    first.erase(0, first.starts_with(' ') ? 1 : 0);
    if (last.ends_with(' ')) last.pop_back();
    return pieces;
  }

  std::size_t index_of(const std::string& name) const {
    const auto found = std::find_if(figures_.begin(), figures_.end(), [&](const Figure& f) { return f.name == name; });
    if (found != figures_.end()) return static_cast<std::size_t>(found - figures_.begin());
    std::vector<std::string> names;
    for (const Figure& figure : figures_) names.push_back(figure.name);
    fail(fmt::format("there is no figure '{}'", name), "choose one of " + fmt::format("{}", fmt::join(names, ", ")));
  }

  std::string known_attribute(const Figure& figure, const std::string& name) const {
    const auto known = attributes_of(figure.kind);
    if (std::find(known.begin(), known.end(), name) != known.end()) return name;
    fail(fmt::format("'{}' has no '{}'", figure.name, name),
         known.empty() ? fmt::format("write {{{}}}", figure.name) : fmt::format("choose one of {}", fmt::join(known, ", ")));
  }

  std::string_view text_;
  std::span<const Figure> figures_;
  std::size_t at_ = 0;
};

AnswerText::AnswerText(std::string_view text, std::span<const Figure> figures)
    : figures_(figures.begin(), figures.end()), pieces_(Parser(text, figures).all()), says_small_(figures.size(), false) {
  note_small(pieces_);
}

void AnswerText::note_small(const Pieces& pieces) {
  for (const Piece& piece : pieces) {
    if (piece.alternatives.size() == wordings_with_small && figures_[piece.figure].kind == FigureKind::difference)
      says_small_[piece.figure] = true;
    for (const Pieces& wording : piece.alternatives) note_small(wording);
  }
}

std::string AnswerText::filled(const Pieces& pieces, std::span<const FigureValue> values, const ValueLabel& label) const {
  std::string text;
  for (const Piece& piece : pieces) {
    if (!piece.shows) {
      text += piece.text;
      continue;
    }
    const Figure& figure = figures_[piece.figure];
    const FigureValue& value = values[piece.figure];
    if (!piece.alternatives.empty())
      text += filled(piece.alternatives[value.small && piece.alternatives.size() == wordings_with_small ? 3 : value.verdict],
                     values, label);
    else if (!piece.attribute.empty())
      text += attribute_text(figure, value, piece.attribute);
    else
      text += with_unit(figure_text(figure, value, label), unit(figure)) +
              (value.small && !says_small_[piece.figure] ? small_text(figure) : "");
    if (piece.alternatives.empty() && (piece.attribute.empty() || piece.attribute == "size") && figure.assumed)
      text += " [sign assumed, not found]";
  }
  return text;
}

std::string AnswerText::fill(std::span<const FigureValue> values, const ValueLabel& label) const {
  return std::string(trimmed(filled(pieces_, values, label)));
}

std::string figure_text(const Figure& figure, const FigureValue& value, const ValueLabel& label) {
  const double by = scale(figure);
  if (value.level) return with_interval(value.level->mean * by, half_width(*value.level) * by, false);
  if (figure.kind == FigureKind::difference)
    return with_interval(value.difference->mean * by, half_width(*value.difference) * by, true, border(figure, value));
  if (figure.kind == FigureKind::half_month) return value.month ? fmt::format("{}", *value.month + 1) : "none";
  std::vector<std::string> names;
  for (const std::string& v : value.values) names.push_back(label(figure.along, v));
  const bool chooses = figure.kind == FigureKind::best || figure.kind == FigureKind::peak;
  if (chooses && names.empty()) return std::string(missing);
  if (figure.kind == FigureKind::best) return fmt::format("{}", fmt::join(names, " or "));
  if (figure.kind == FigureKind::peak) return names.front();
  if (value.verdict < 2) return fmt::format("between {} and {}", names.front(), names.back());
  return names.empty() ? "none" : list(names, " and ");
}

std::string range_text(const Figure& figure, const FigureValue& value) {
  const double by = scale(figure);
  if (value.level) return interval(value.level->q10 * by, value.level->q90 * by);
  if (figure.kind == FigureKind::difference) return interval(value.difference->most.low * by, value.difference->most.high * by);
  return "";
}

std::string verdict_text(const Figure& figure, const FigureValue& value) {
  static const std::array<std::vector<std::string>, 6> words{{
      {""},
      {"higher", "lower", "no clear difference"},
      {"lower, then higher", "higher, then lower", "higher", "lower", "no difference that is clear and matters"},
      {"then less", "no loss beyond that is clear and matters", "no gain to it that is clear and matters, then less",
       "no peak that is clear and matters"},
      {"", "not told apart by what matters", "none stands out"},
      {"", "no difference to halve"},
  }};
  const bool chooses = figure.kind == FigureKind::best || figure.kind == FigureKind::peak;
  if (chooses && value.values.empty()) return "no value of it has an outcome";
  return words[static_cast<std::size_t>(figure.kind)].at(value.verdict) + (value.small ? ", but less than what matters" : "");
}

std::string agreement_text(std::span<const Figure> figures, std::span<const std::string> structures,
                           std::span<const std::vector<FigureValue>> values, const ValueLabel& label) {
  std::vector<std::string> others;
  std::size_t compared = 0;
  for (std::size_t f = 0; f < figures.size(); ++f) {
    if (figures[f].kind == FigureKind::level) continue;
    ++compared;
    std::vector<std::string> said, who_said;
    for (std::size_t s = 0; s < structures.size(); ++s) {
      const FigureValue& v = values[s][f];
      const bool by_values = figures[f].kind == FigureKind::best || figures[f].kind == FigureKind::peak;
      auto chosen = v.values;
      std::sort(chosen.begin(), chosen.end());
      said.push_back(by_values ? fmt::format("{}", fmt::join(chosen, ", ")) : verdict_text(figures[f], v));
      const bool none = figures[f].kind == FigureKind::best && v.verdict == 2;
      const std::string words = none                  ? verdict_text(figures[f], v)
                                : by_values           ? figure_text(figures[f], v, label)
                                : said.back().empty() ? "found"
                                                      : said.back();
      who_said.push_back(structures[s] + " " + words);
    }
    if (std::any_of(said.begin(), said.end(), [&](const std::string& text) { return text != said.front(); }))
      others.push_back(fmt::format("{} ({})", figures[f].name, fmt::join(who_said, "; ")));
  }
  const std::string who = list({structures.begin(), structures.end()}, " and ");
  const std::string figures_below =
      counted(compared, "figure") + " below" + (compared < figures.size() ? " that say which way" : "");
  if (others.empty())
    return fmt::format("Do {} agree? Yes: on {}.", who,
                       compared == 1 ? "the one figure below that says which way" : fmt::format("all {}", figures_below));
  return fmt::format("Do {} agree? On {} of {}; not on {}.", who, compared - others.size(), figures_below,
                     list(others, ", nor on "));
}

}  // namespace coalis
