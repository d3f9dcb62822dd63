// See short_sentences.hpp. What does not fit into 25 words is said by letters in place of names, then without numbers.
#include "coalis/report/words/short_sentences.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "coalis/core/counted.hpp"
#include "coalis/report/words/likelihood.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "coalis/statistics/intervals.hpp"
#include "difference_sizes.hpp"

namespace coalis {
namespace {

constexpr std::size_t words_of_a_name = 6;

bool is_word(std::string_view token) {
  return std::any_of(token.begin(), token.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0xC3;
  });
}

// Calls each token of the text, with where it ends.
template <class Take>
void tokens_of(std::string_view text, Take take) {
  for (std::size_t at = text.find_first_not_of(' '); at < text.size(); at = text.find_first_not_of(' ', at)) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    take(text.substr(at, end - at), end);
    at = end;
  }
}

std::string cut_to_words(const std::string& name) {
  std::size_t count = 0, end_of_last = name.size();
  tokens_of(name, [&](std::string_view token, std::size_t end) {
    if (is_word(token) && ++count == words_of_a_name) end_of_last = end;
  });
  if (count <= words_of_a_name) return name;
  std::string text = name.substr(0, end_of_last);
  while (text.ends_with(',') || text.ends_with(':') || text.ends_with('.')) text.pop_back();
  return text + "\u2026";
}

// Where what a budget made of an option begins (Budget::became); the end where it made nothing of it. It is never cut.
std::size_t where_scaled(const std::string& name) {
  for (const char* how : {" scaled to ", " raised to ", " scaled by ", " raised by "})
    if (const std::size_t at = name.rfind(how); at != name.npos)
      if (const std::size_t comma = name.rfind(", ", at + 1); comma != name.npos) return comma;
  return name.size();
}

// Up to behind the last ", " or ": " that all have in common.
std::size_t shared_beginning(const std::vector<std::string>& names) {
  std::size_t common = 0, cut = 0;
  const auto all_have = [&](char c) {
    return std::all_of(names.begin(), names.end(),
                       [&](const std::string& name) { return common < name.size() && name[common] == c; });
  };
  while (common < names.front().size() && all_have(names.front()[common])) {
    ++common;
    const std::string_view head(names.front().data(), common);
    if (head.ends_with(", ") || head.ends_with(": ")) cut = common;
  }
  const bool something_left = std::all_of(names.begin(), names.end(), [&](const std::string& name) { return name.size() > cut; });
  return something_left ? cut : 0;
}

std::string with_name(const Option& option) {
  return option.name.empty() ? option.label : fmt::format("{} ({})", option.label, option.name);
}

// "keeps 6 more organisations in 100 engaged"
std::string told_change(const OutcomeWords& words, const OutcomeDifference& d) {
  const std::string size = size_of_mean(d);
  return fmt::format(fmt::runtime(words.change), fmt::arg("amount", size),
                     fmt::arg("direction", d.mean > 0 ? words.more : words.less), fmt::arg("s", size == "1" ? "" : "s"));
}

// "In 164 of 200 paired runs B is worse by more than 3 in 100.", "In 32 they differ by no more, in 4 B is better."
std::vector<std::string> runs_told(const Option& reference, const Option& other, const OutcomeDifference& d) {
  const OutcomeWords& words = words_of(d.outcome);
  const std::string amount_that_matters = d.matters > 0 ? matters_with_unit(words, d.matters) : "";
  const std::string by = d.matters > 0 ? " by more than " + amount_that_matters : "";
  const std::string in_all = fmt::format("of {}", counted(d.pairs, "paired run")), of = in_all + ", which share their luck,";
  const std::size_t inside = d.pairs - d.above - d.below;
  const auto is = [&](bool up) { return fmt::format("{} is {}", other.label, direction_word(words, up)); };
  if (inside >= std::max(d.above, d.below))
    return {fmt::format("In {} {} {} and {} {}.", inside, of, other.label, reference.label,
                        d.matters > 0 ? "differ by " + amount_that_matters + " at most" : "are equal"),
            fmt::format("In {} {}{}, in {} it is {}.", d.above, is(true), d.matters > 0 ? " by more" : "", d.below,
                        direction_word(words, false))};
  const bool up = d.above > d.below;
  const std::string rest = d.matters > 0 ? "they differ by no more" : "they are equal";
  if (d.above == d.below)
    return {fmt::format("The runs do not say which: in {} {} {}{}, in {} it is {}.", d.above, in_all, is(true), by, d.below,
                        direction_word(words, false)),
            fmt::format("In {} {}.", inside, rest)};
  return {fmt::format("In {} {} {}{}.", up ? d.above : d.below, of, is(up), by),
          fmt::format("In {} {}, in {} {}.", inside, rest, up ? d.below : d.above, is(!up))};
}

std::string word_for(const OutcomeDifference& d, bool extrapolated) {
  if (extrapolated) return "No word for likelihood is given: an option goes beyond what evidence supports.";
  const std::size_t inside = d.pairs - d.above - d.below;
  if (inside < d.above && d.above == d.below) return "";
  const auto found = likelihood(std::max({inside, d.above, d.below}), d.pairs);
  return found ? fmt::format("The word for such a share of runs is \"{}\" ({}).", found->word, found->range)
               : "That is too few runs for a word of likelihood.";
}

// Of an average that may as well be 0: how far from 0 it may be.
std::string may_be(const OutcomeDifference& d) {
  const double half = mean_difference(d).half_width;
  if (!std::isfinite(half)) return "How far the average may be off cannot be said from so few runs.";
  OutcomeDifference average = d;
  average.low = d.mean - half, average.high = d.mean + half;
  return fmt::format("That is not the same as no effect: the average may be {} (95 % interval).", range_text(average));
}

}  // namespace

std::size_t words_in(std::string_view text) {
  std::size_t count = 0;
  tokens_of(text, [&](std::string_view token, std::size_t) { count += is_word(token); });
  return count;
}

std::string fullest(const std::vector<std::string>& texts) {
  const auto found =
      std::find_if(texts.begin(), texts.end(), [](const std::string& text) { return words_in(text) <= most_words; });
  return found == texts.end() ? texts.back() : *found;
}

std::string_view first_sentence_of(std::string_view text) {
  for (std::size_t at = 0; at + 1 < text.size(); ++at)
    if (std::string_view(".?!").find(text[at]) != std::string_view::npos && text[at + 1] == ' ') return text.substr(0, at + 1);
  return text;
}

std::vector<std::string> short_names(const std::vector<std::string>& names) {
  const std::size_t cut = names.size() > 1 ? shared_beginning(names) : 0;
  std::vector<std::string> shorter;
  for (const std::string& name : names) {
    const std::size_t scaled = std::max(cut, where_scaled(name));
    const std::string own = name.substr(cut, scaled - cut);
    shorter.push_back(own.empty() ? cut_to_words(name) : cut_to_words(own) + name.substr(scaled));
  }
  return shorter;
}

std::string short_answer(const Option& reference, const Option& other, const OutcomeDifference& d) {
  const OutcomeWords& words = words_of(d.outcome);
  const std::string a = with_name(reference), b = with_name(other);
  if (d.pairs == 0)
    return fullest({fmt::format("{} has no value in both {} and {}: there is nothing to compare.", words.title, b, a),
                    fmt::format("{} has no value in both {} and {}.", words.title, other.label, reference.label)});
  const int decimals = decimals_of(d);
  const std::string level = with_decimals(words, d.other, decimals);
  const std::string levels = fmt::format("{} against {}", level, with_decimals(words, d.reference, decimals));
  const auto both = [&](const char* text, const std::string& numbers) {
    return fullest(
        {fmt::format(fmt::runtime(text), b, a) + fmt::format(": {} {}.", numbers, words.measure),
         fmt::format(fmt::runtime(text), other.label, reference.label) + fmt::format(": {} {}.", numbers, words.measure),
         fmt::format(fmt::runtime(text), b, a) + ".", fmt::format(fmt::runtime(text), other.label, reference.label) + "."});
  };
  if (d.same) return both("{} and {} are the same in every run", level);
  if (!is_clear(d)) return both("These runs cannot tell {} from {}", levels);
  if (size_of_mean(d) == "0") return both("{} and {} differ clearly, but by next to nothing", levels);
  const std::string change = told_change(words, d);
  const char* small = too_little_to_matter(d) ? ", too little to matter" : "";
  return fullest({fmt::format("{} {} than {}, on average: {}{}.", b, change, a, levels, small),
                  fmt::format("{} {} than {}, on average{}.", b, change, a, small),
                  fmt::format("{} {} than {}: {}{}.", other.label, change, reference.label, levels, small),
                  fmt::format("{} {} than {}{}.", other.label, change, reference.label, small)});
}

std::vector<std::string> how_sure(const Option& reference, const Option& other, const OutcomeDifference& d,
                                  const Included& included, bool extrapolated) {
  if (d.pairs == 0) return {};
  if (d.same) return {fmt::format("All {} come out the same.", counted(d.pairs, "paired run"))};
  std::vector<std::string> said = runs_told(reference, other, d);
  if (std::string word = word_for(d, extrapolated); !word.empty()) said.push_back(std::move(word));
  const std::string range = range_text(d);
  said.push_back(range == "no difference" ? "In 8 of 10 runs the difference is 0."
                                          : fmt::format("In 8 of 10 runs the difference is {}.", range));
  if (!is_clear(d)) said.push_back(may_be(d));
  said.push_back(included.parameter_sets > 1
                     ? fmt::format("That holds chance and {} sets of uncertain parameters. Real coalitions may differ by more.",
                                   included.parameter_sets)
                     : "That holds chance alone, not uncertain parameters. Real coalitions may differ by more.");
  return said;
}

std::vector<std::string> short_costs(const Option& reference, const Option& other, int months, const YearlyCosts& c) {
  const std::string a = grouped(c.planned_reference), b = grouped(c.planned_other);
  const double more = std::round(c.planned_other) - std::round(c.planned_reference);
  std::vector<std::string> said;
  if (a == b)
    said.push_back(fmt::format("{} and {} both cost {} USD a year as planned{}.", other.label, reference.label, a, c.since));
  else
    said.push_back(fmt::format("{} costs {} USD a year {} than {} as planned{}: {} against {}.", other.label,
                               grouped(std::abs(more)), more > 0 ? "more" : "less", reference.label, c.since, b, a));
  if (a != b && c.from == 0 && other.before > 0) said.push_back(months_before(months, other.before, other.label) + ".");
  if (!std::isnan(c.spent.mean)) {
    std::string spent = spent_in_runs(reference, other, months, c);
    spent.front() = 'I';
    said.push_back(spent + ".");
  }
  const bool known = !std::isnan(c.members_reference) && !std::isnan(c.members_other);
  if (known && c.from > 0 && !std::isnan(c.members.mean))
    said.push_back(fmt::format("Members' own time and travel comes on top:{} {} {}.", c.since, other.label,
                               members_in_runs(reference, months, c)));
  else if (known)
    said.push_back(fmt::format("Members give time and travel on top{}: {} USD a year in {}, {} in {}.",
                               other.before > 0 ? fmt::format(", over all {}", counted(months, "month")) : "",
                               grouped(c.members_other), other.label, grouped(c.members_reference), reference.label));
  return said;
}

std::string evidence_line(const EvidenceBase& evidence) {
  if (evidence.sites == 0)
    return "Evidence: low confidence. No fit to a survey stands behind all of this as it is; it is no forecast.";
  if (evidence.sites == 1)
    return "Evidence: low confidence. One survey of one coalition shows what goes together, not what causes what.";
  return fmt::format("Evidence: medium confidence. Numbers of {} coalitions stand behind it; it is no forecast.", evidence.sites);
}

}  // namespace coalis
