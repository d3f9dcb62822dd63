// Luck, parameters, rules: what single runs differ by, told apart (law of total variance).
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "coalis/core/counted.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "coalis/report/words/survey_words.hpp"
#include "comparison_sections.hpp"

namespace coalis::report {
namespace {

double whole(const Parts& p) {
  return p.chance + (std::isnan(p.parameters) ? 0 : p.parameters) + (std::isnan(p.structure) ? 0 : p.structure);
}

// "9.7 (94 %)": the standard deviation that a part alone would give, and its share of the variance.
std::string part_text(const OutcomeWords& words, const Parts& parts, double part, const std::string& share) {
  if (std::isnan(part)) return "not examined";
  if (!(whole(parts) > 0)) return "0";
  return fmt::format("{} ({})", amount(words, std::sqrt(part)), share);
}

// Luck, parameters with what chance alone may have added to them, rules.
std::vector<std::string> part_texts(const OutcomeWords& words, const Parts& parts) {
  const std::array all{parts.chance, parts.parameters, parts.structure};
  std::vector<double> shares;
  for (const double part : all) shares.push_back(std::isnan(part) ? 0 : part / whole(parts));
  const auto said = percents(shares);
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < all.size(); ++i) texts.push_back(part_text(words, parts, all[i], said[i]));
  if (!std::isnan(parts.parameters) && parts.parameter_noise > 0 && whole(parts) > 0)
    texts[1] += fmt::format("; of noise {}",
                            part_text(words, parts, parts.parameter_noise, percent(parts.parameter_noise / whole(parts))));
  return texts;
}

OutcomeDifference difference_of(const ComparisonPage& page, std::size_t option, double mean) {
  OutcomeDifference d{};
  d.outcome = page.headline, d.mean = d.low = d.high = mean;
  d.decimals = decimals_of(outcome(page, page.headline).differences[option - 1]);
  return d;
}

// The options' own structure is among these, if any have parameter sets.
const VarianceRow* with_sets(const ComparisonPage& page) {
  const auto found = std::find_if(page.variances.begin(), page.variances.end(), [&](const VarianceRow& row) {
    return row.parameter_sets > 1 && (page.structures.empty() || row.calibration == page.structures.front().calibration);
  });
  return found == page.variances.end() ? nullptr : &*found;
}

}  // namespace

std::string sets_sentence(const ComparisonPage& page, std::size_t option) {
  const VarianceRow* row = with_sets(page);
  if (!row) return "";
  const Parts& p = row->parts[option - 1];
  OutcomeDifference d = outcome(page, page.headline).differences[option - 1];
  const std::string& label = page.options[option].option.label;
  std::string text = fmt::format("Parameters: over {} sets of them the average difference that {} makes is {} ({})",
                                 row->parameter_sets, label, change_text(d), words_of(page.headline).unit);
  if (d.pairs == 0 || std::isnan(p.parameters)) return "";
  if (std::isnan(p.sets_low) || !(p.parameters > p.parameter_noise))
    return text + ". How far single sets differ from that cannot be told from luck in these runs; more runs would tell more.";
  d.low = p.sets_low, d.high = p.sets_high;
  text += fmt::format("; in 8 of 10 sets it is about {}, by two runs of each less what luck adds to so few.", range_text(d));
  if (!std::isnan(p.sets_same_sign) && change_text(d) != "no difference")
    text += fmt::format(" Sets with about {:.0f} % of the weight agree on the direction.", 100 * p.sets_same_sign);
  return text;
}

std::string short_sets_sentence(const ComparisonPage& page, std::size_t option) {
  const VarianceRow* row = with_sets(page);
  OutcomeDifference d = outcome(page, page.headline).differences[option - 1];
  if (!row || d.pairs == 0 || std::isnan(row->parts[option - 1].parameters)) return "";
  const Parts& p = row->parts[option - 1];
  const std::string average = fmt::format("Over {} sets of uncertain parameters {} has {}, on average", row->parameter_sets,
                                          page.options[option].option.label, change_text(d));
  if (std::isnan(p.sets_low) || !(p.parameters > p.parameter_noise)) return average + ".";
  d.low = p.sets_low, d.high = p.sets_high;
  return fmt::format("{}; in 8 of 10 sets about {}.", average, range_text(d));
}

std::string variances(const ComparisonPage& page) {
  const auto several = [](const VarianceRow& row) { return row.parameter_sets > 1 || row.structures > 1; };
  if (std::none_of(page.variances.begin(), page.variances.end(), several)) return "";
  const OutcomeWords& words = words_of(page.headline);
  html::Table table{
      fmt::format("{}: what the difference from {} varies by from run to run, {}; in brackets the share of the variance",
                  words.title, page.options.front().option.label, words.unit),
      {"Option", "Rules", "Parameter sets", "Average difference", "Luck", "Parameters", "Rules alone"},
      {}};
  for (const VarianceRow& row : page.variances)
    for (std::size_t i = 1; i < page.options.size(); ++i) {
      const Parts& p = row.parts[i - 1];
      table.rows.push_back({page.options[i].option.label,
                            fmt::format("{}, {}", counted(row.structures, "structure"), row.calibration),
                            row.parameter_sets > 1 ? std::to_string(row.parameter_sets) : "the scenarios' own",
                            change_text(difference_of(page, i, p.mean))});
      for (std::string& text : part_texts(words, p)) table.rows.back().push_back(std::move(text));
    }
  const bool sets =
      std::any_of(page.variances.begin(), page.variances.end(), [](const VarianceRow& row) { return row.parameter_sets > 1; });
  std::string text = html::paragraph(
      "Three things make single runs of the model differ. Luck: who meets whom, who is told, who comes. Parameters: numbers of "
      "the model that the evidence leaves open; " +
      std::string(sets ? "every run has a set of them, and each set was run twice" : "here they were left as they are") +
      ". Rules: other structures of the model, with the same luck and parameters. " +
      std::string(page.included.parameter_sets > 1
                      ? "The answer above holds luck and parameters together, under the scenarios' own rules."
                      : "The answer above holds luck alone, with the scenarios' own parameters and rules."));
  for (std::size_t i = 1; i < page.options.size(); ++i)
    if (const std::string sentence = sets_sentence(page, i); !sentence.empty()) text += html::paragraph(sentence);
  return text + html::table(table) +
         html::paragraph(
             "Each part is the standard deviation that it alone would give; their squares add up to the variance of single runs "
             "(law of total variance). " +
             std::string(
                 sets ? "Of noise: what chance alone would add to parameters if sets did not share it; parameters not above "
                        "that may be chance. "
                      : "") +
             "A large share of parameters or rules means that more runs would not make the answer surer, better evidence might. "
             "Structures that are not fitted are never averaged with fitted ones.");
}

}  // namespace coalis::report
