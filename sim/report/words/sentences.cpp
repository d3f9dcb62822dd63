// Sentences are put together from the words of an outcome; what is said of "more" is said of "fewer" by the same line, so that
// swapping the two options mirrors the text.
#include "coalis/report/words/sentences.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "coalis/core/counted.hpp"
#include "coalis/model/outcome_rows.hpp"
#include "coalis/report/words/likelihood.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "coalis/report/words/plain_text.hpp"
#include "coalis/statistics/intervals.hpp"
#include "difference_sizes.hpp"

namespace coalis {
namespace {

std::string_view direction(const OutcomeWords& words, double value) { return value > 0 ? words.more : words.less; }

// "B (three hubs)"
std::string named(const Option& option) {
  return option.name.empty() ? option.label : fmt::format("{} ({})", option.label, option.name);
}

// "1 fewer to 14 more", "2 to 14 more", "0 to 14 more", "2 fewer in all"
std::string range(const OutcomeWords& words, const OutcomeDifference& d) {
  const double low = d.low, high = d.high;
  const std::string from = size_beside(d, low), to = size_beside(d, high);
  if (from == "0" && to == "0") return "no difference";
  if (from == "0") return fmt::format("0 to {} {}", to, direction(words, high));
  if (to == "0") return fmt::format("0 to {} {}", from, direction(words, low));
  if (low < 0 && high > 0) return fmt::format("{} {} to {} {}", from, words.less, to, words.more);
  const bool up = low > 0;
  if (from == to) return fmt::format("{} {}", from, direction(words, high));
  return fmt::format("{} to {} {}", up ? from : to, up ? to : from, direction(words, high));
}

// "35 against 46"
std::string levels(const OutcomeWords& words, const OutcomeDifference& d) {
  const int decimals = decimals_of(d);
  return fmt::format("{} against {}", with_decimals(words, d.other, decimals), with_decimals(words, d.reference, decimals));
}

// "keeps 6 more organisations in 100 engaged"
std::string change(const OutcomeWords& words, const OutcomeDifference& d) {
  const std::string size = size_of_mean(d);
  return fmt::format(fmt::runtime(words.change), fmt::arg("amount", size), fmt::arg("direction", direction(words, d.mean)),
                     fmt::arg("s", size == "1" ? "" : "s"));
}

std::string left_out(const Option& reference, const Option& other, const OutcomeDifference& d) {
  if (d.left_out == 0) return "";
  return fmt::format(" {} {} left out, where {}, {} or both have no value.", counted(d.left_out, "run"), are(d.left_out),
                     reference.label, other.label);
}

std::string without_pairs(const Option& reference, const Option& other, const OutcomeWords& words, const OutcomeDifference& d) {
  const bool in_reference = !std::isnan(d.reference), in_other = !std::isnan(d.other);
  if (in_reference && in_other)
    return fmt::format("{} has no run with a value in both {} and {}: nothing to compare.", words.title, named(reference),
                       named(other));
  if (!in_reference && !in_other)
    return fmt::format("{} has no value in {} nor in {}: nothing to compare.", words.title, named(reference), named(other));
  return fmt::format("{} has no value in any run of {}, so that there is nothing to compare; in {} it is {} on average.",
                     words.title, named(in_other ? reference : other), named(in_other ? other : reference),
                     amount_with_unit(words, in_other ? d.other : d.reference));
}

// How many months before a first change are in what an outcome is measured over.
int months_diluted(const Option& other, int months, std::string_view outcome) {
  return std::max(0, other.before - (months - std::min(months, months_of(outcome, months))));
}

std::string verb(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

// What is said of the runs, to be put together with a word for likelihood ("B is" "likely" "better ...") or without one.
struct Claim {
  std::string subject, predicate, plain;
  std::size_t runs;
  std::string rest;  // what the other runs say
};

Claim no_difference(const Option& reference, const Option& other, const OutcomeWords& words, const OutcomeDifference& d) {
  const std::string both = fmt::format("{} and {}", other.label, reference.label);
  const std::string at_most = d.matters > 0 ? fmt::format("differ by {} at most", matters_with_unit(words, d.matters)) : "";
  const std::string rest = fmt::format("in {} {} is {}, in {} {}", d.above, other.label, direction_word(words, true), d.below,
                                       direction_word(words, false)) +
                           (d.matters > 0 ? " by more" : "");
  return {both + " are", at_most.empty() ? "to be equal" : "to " + at_most,
          both + " " + (at_most.empty() ? "are equal" : at_most), d.pairs - d.above - d.below, rest};
}

Claim some_difference(const Option& other, const OutcomeWords& words, const OutcomeDifference& d, bool up) {
  const std::string by = d.matters > 0 ? fmt::format(" by more than {}", matters_with_unit(words, d.matters)) : "";
  const std::size_t inside = d.pairs - d.above - d.below, opposite = up ? d.below : d.above;
  const std::string rest =
      d.matters > 0 ? verb(inside, "differs by no more", "differ by no more") : verb(inside, "is equal", "are equal");
  return {
      other.label + " is", std::string(direction_word(words, up)) + by,
      fmt::format("{} is {}{}", other.label, direction_word(words, up), by), up ? d.above : d.below,
      fmt::format("{}, {} {}{}", rest, verb(opposite, "is", "are"), direction_word(words, !up), d.matters > 0 ? " by more" : "")};
}

std::string outside_support(const std::vector<std::string>& extrapolated) {
  std::string list;
  for (const auto& lever : extrapolated) list += (list.empty() ? "" : ", ") + lever;
  return fmt::format(" No word for likelihood is given: {} {} outside the range that evidence supports.", list,
                     extrapolated.size() == 1 ? "lies" : "lie");
}

std::string listed(const std::vector<std::string>& items) {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) text += (i == 0 ? "" : i + 1 == items.size() ? " and " : ", ") + items[i];
  return text;
}

// What differs in a year of the time that costs are of, by a year of the run: before, all runs are alike.
double times_since(int months, const YearlyCosts& c) { return static_cast<double>(months) / (months - c.from); }

}  // namespace

std::string_view direction_word(const OutcomeWords& words, bool up) {
  if (words.better == Better::neither) return up ? "higher" : "lower";
  return up == (words.better == Better::more) ? "better" : "worse";
}

std::string change_text(const OutcomeDifference& d) {
  if (std::isnan(d.mean)) return "missing";
  const OutcomeWords words = words_of(d.outcome);
  const std::string size = size_of_mean(d);
  if (size == "0" && is_clear(d)) return fmt::format("under 0.001 {}", direction(words, d.mean));
  return size == "0" ? "no difference" : fmt::format("{} {}", size, direction(words, d.mean));
}

std::optional<OutcomeDifference> where_they_differ(const Option& other, int months, const OutcomeDifference& d) {
  const int before = months_diluted(other, months, d.outcome);
  if (before == 0 || before >= months || !is_a_year(words_of(d.outcome)) || d.pairs == 0) return std::nullopt;
  const double times = static_cast<double>(months) / (months - before);
  OutcomeDifference there = d;
  for (double* value : {&there.mean, &there.se, &there.low, &there.high}) *value *= times;
  return there;
}

std::string diluted_sentence(const Option& other, int months, const OutcomeDifference& d) {
  const OutcomeWords& words = words_of(d.outcome);
  const int before = months_diluted(other, months, d.outcome), all = std::min(months, months_of(d.outcome, months));
  if (before == 0) return "";
  const std::string text = months_before(all, before, other.label);
  const auto there = where_they_differ(other, months, d);
  if (!there || !is_clear(d)) return text + ".";
  return fmt::format("{}; in the others it is {} {}.", text, amount_with_unit(words, std::abs(there->mean)),
                     direction(words, d.mean));
}

bool too_little_to_matter(const OutcomeDifference& d) {
  return d.pairs > 0 && !d.same && is_clear(d) && std::abs(d.mean) <= d.matters + d.grain;
}

std::string months_before(int months, int before, const std::string& label) {
  return fmt::format("Of the {} counted, {} {} before {} begins to differ", counted(months, "month"), before,
                     before == 1 ? "is" : "are", label);
}

std::string month_of_run(const Option& other, int month) {
  std::string text = fmt::format("month {} of the run", month + 1);
  if (other.before == 0) return text;
  const int after = month - other.before;
  return after > 0 ? fmt::format("{}, {} after the first in which {} differs", text, counted(after, "month"), other.label)
                   : fmt::format("{}, the first in which {} differs", text, other.label);
}

std::string range_text(const OutcomeDifference& d) { return range(words_of(d.outcome), d); }

std::string effect_sentence(const Option& reference, const Option& other, int months, const OutcomeDifference& d) {
  const OutcomeWords& words = words_of(d.outcome);
  if (d.pairs == 0) return without_pairs(reference, other, words, d);
  const std::string after = "After " + counted(months, "month");
  if (d.same)
    return fmt::format("{} {} and {} are the same in every run: {} {} on average.{}", after, named(other), named(reference),
                       amount(words, d.other), words.measure, left_out(reference, other, d));
  const std::string average = d.left_out > 0 ? "on average of all runs with a value" : "on average";
  const std::string beside = diluted_sentence(other, months, d);
  const std::string runs =
      fmt::format("8 in 10 runs: {}.{}{}", range(words, d), left_out(reference, other, d), beside.empty() ? "" : " " + beside);
  if (is_clear(d) && size_of_mean(d) == "0")
    return fmt::format("{} {} and {} hardly differ: {} {} {}, a clear difference, but too small to be written; {}", after,
                       named(other), named(reference), levels(words, d), words.measure, average, runs);
  if (!is_clear(d))
    return fmt::format("{} {} and {} do not differ clearly: {} {} {}, a difference within the error of {}; {}", after,
                       named(other), named(reference), levels(words, d), words.measure, average, verb(d.pairs, "run", "runs"),
                       runs);
  return fmt::format("{} {} {} than {}: {} {}{}; {}", after, named(other), change(words, d), named(reference), levels(words, d),
                     average, too_little_to_matter(d) ? ", too little to matter" : "", runs);
}

std::string likelihood_sentence(const Option& reference, const Option& other, const OutcomeDifference& d,
                                const std::vector<std::string>& extrapolated) {
  if (d.pairs == 0) return "";
  const OutcomeWords& words = words_of(d.outcome);
  if (d.same)
    return fmt::format("In this model {} and {} are the same in {}.", other.label, reference.label,
                       verb(d.pairs, "paired run", "paired runs"));
  const std::size_t inside = d.pairs - d.above - d.below;
  // What is said of most runs may differ from what is said of their average.
  const bool averages_more = is_clear(d) && std::abs(d.mean) > d.matters + d.grain;
  const bool alike = inside >= std::max(d.above, d.below);
  const std::string in_model = alike && averages_more ? "In single runs of this model" : "In this model";
  const Claim claim = alike ? no_difference(reference, other, words, d) : some_difference(other, words, d, d.above > d.below);
  const std::string count = counted_share(claim.runs, d.pairs, d.pairs == 1 ? "paired run" : "paired runs");
  if (inside < d.above && d.above == d.below)
    return fmt::format("In this model the runs do not say which is better: {} in {}; {}.", claim.plain, count, claim.rest);
  if (!extrapolated.empty())
    return fmt::format("{} {} in {}; {}.{}", in_model, claim.plain, count, claim.rest, outside_support(extrapolated));
  if (const auto word = likelihood(claim.runs, d.pairs))
    return fmt::format("{} {} {} ({}) {}: {}; {}.", in_model, claim.subject, word->word, word->range, claim.predicate, count,
                       claim.rest);
  return fmt::format("{} {} in {}; {}. That is too few runs for a word of likelihood.", in_model, claim.plain, count, claim.rest);
}

std::string uncertainty_sentence(const Included& included) {
  std::vector<std::string> in{"chance"}, out;
  if (included.parameter_sets > 1)
    in.push_back(fmt::format("uncertain parameters ({} sets)", included.parameter_sets));
  else
    out.emplace_back("uncertain parameters");
  if (included.structures > 1)
    in.push_back(fmt::format("{} structures of the model", included.structures));
  else
    out.emplace_back("other structures of the model");
  std::string text = fmt::format("Uncertainty included: {}", listed(in));
  text += out.empty() ? "." : fmt::format(" alone; not included: {}.", listed(out));
  return text + " Real coalitions may differ by more.";
}

std::string_view confidence(const EvidenceBase& evidence) { return evidence.sites >= 2 ? "medium" : "low"; }

EvidenceBase of_both(const Option& reference, const EvidenceBase& of_reference, const Option& other,
                     const EvidenceBase& of_other) {
  if (of_reference.sites > 0 && of_other.sites > 0) return of_other.sites < of_reference.sites ? of_other : of_reference;
  if (of_reference.sites == 0 && of_other.sites == 0 && of_reference.basis == of_other.basis) return of_reference;
  EvidenceBase weaker = of_reference.sites == 0 ? of_reference : of_other;
  const auto said = [](const Option& option, const EvidenceBase& base) {
    return fmt::format("{} is {}", option.label, base.basis);
  };
  weaker.basis = of_reference.sites > 0 ? said(other, of_other) : said(reference, of_reference);
  if (of_reference.sites == 0 && of_other.sites == 0) weaker.basis += "; " + said(other, of_other);
  return weaker;
}

std::string evidence_sentence(const EvidenceBase& evidence) {
  if (evidence.sites == 0)
    return fmt::format("Evidence: low confidence; {}.",
                       evidence.basis.empty() ? "no numbers of a real coalition stand behind it" : evidence.basis);
  if (evidence.sites == 1)
    return fmt::format(
        "Evidence: low confidence; the model was fitted to {}, which shows what went together, not what caused what.",
        evidence.basis.empty() ? "one cross-sectional survey of one coalition" : evidence.basis);
  return fmt::format("Evidence: medium confidence; the model was fitted to numbers of {} independent sites.", evidence.sites);
}

std::string spent_text(double mean, double half_width, const std::string& reference) {
  if (mean == 0 && half_width == 0) return "exactly as much as " + reference;
  if (grouped(std::abs(mean)) == "0" && (std::isnan(half_width) || grouped(half_width) == "0"))
    return "about as much as " + reference;
  if (clear_sign(mean, half_width) == 0)
    return std::isnan(half_width)
               ? fmt::format("{} USD a year {} than {}", grouped(std::abs(mean)), mean > 0 ? "more" : "less", reference)
               : fmt::format("about as much as {} ({}{} ± {} USD a year)", reference, mean < 0 ? "-" : "+",
                             grouped(std::abs(mean)), grouped(half_width));
  const std::string error = grouped(half_width) == "0" ? "" : " ± " + grouped(half_width);
  return fmt::format("{}{} USD a year {} than {}", grouped(std::abs(mean)), error, mean > 0 ? "more" : "less", reference);
}

std::string fitted_sentence(const EvidenceBase& evidence) {
  constexpr std::string_view as_it_is = "not fitted as it is: ";
  if (evidence.sites == 0)
    return evidence.basis.empty() ? "No numbers of a real coalition stand behind these scenarios."
           : evidence.basis.starts_with(as_it_is)
               ? fmt::format("No fit stands behind these scenarios as they are: {}.", evidence.basis.substr(as_it_is.size()))
               : fmt::format("No fit stands behind these scenarios{}{}.",
                             evidence.basis.starts_with("not ") ? ", which are " : ": ", evidence.basis);
  return fmt::format("The model was fitted to {}, asked once. It shows what goes together, not what causes what.",
                     evidence.basis.empty() ? "numbers of one coalition" : evidence.basis);
}

std::string spent_in_runs(const Option& reference, const Option& other, int months, const YearlyCosts& c) {
  const double times = times_since(months, c);
  return fmt::format("in the runs{} {} spends {}", c.from > 0 ? " of that time" : "", other.label,
                     spent_text(c.spent.mean * times, c.spent.half_width * times, reference.label));
}

std::string members_in_runs(const Option& reference, int months, const YearlyCosts& c) {
  const double times = times_since(months, c);
  return "takes " + spent_text(c.members.mean * times, c.members.half_width * times, reference.label);
}

std::string cost_sentence(const Option& reference, const Option& other, int months, const YearlyCosts& c) {
  const std::string a = grouped(c.planned_reference), b = grouped(c.planned_other);
  const double more = std::round(c.planned_other) - std::round(c.planned_reference);  // of what is seen
  std::string text;
  if (a == b)
    text = fmt::format("Cost: {} and {} both take {} USD a year as planned{}", other.label, reference.label, a, c.since);
  else
    text = fmt::format("Cost: {} takes {} USD a year {} than {} as planned{} ({} against {})", other.label,
                       grouped(std::abs(more)), more > 0 ? "more" : "less", reference.label, c.since, b, a);
  if (a != b && c.from == 0 && other.before > 0) {
    std::string counted_months = months_before(months, other.before, other.label);
    counted_months.front() = 'o';
    text += fmt::format("; {}; in the others it is {} USD a year {}", counted_months,
                        grouped(std::abs(more) * months / (months - other.before)), more > 0 ? "more" : "less");
  }
  if (!std::isnan(c.spent.mean)) text += "; " + spent_in_runs(reference, other, months, c);
  if (!std::isnan(c.members_reference) && !std::isnan(c.members_other))
    text += fmt::format("; members' own time and travel, which is not part of it{}: {} USD a year in {}, {} in {}",
                        other.before > 0 ? fmt::format(", over all {}", counted(months, "month")) : "", grouped(c.members_other),
                        other.label, grouped(c.members_reference), reference.label);
  if (!std::isnan(c.members.mean))
    text += fmt::format(" ({})", spent_text(c.members.mean, c.members.half_width, reference.label));
  if (std::abs(c.members.mean) >= 1 && other.before > 0)
    text +=
        fmt::format("; in the months that differ {} USD a year {}",
                    grouped(std::abs(c.members.mean) * months / (months - other.before)), c.members.mean > 0 ? "more" : "less");
  return text + ".";
}

Sentences sentences(const Option& reference, const Option& other, int months, const OutcomeDifference& difference,
                    const Included& included, const EvidenceBase& evidence, const YearlyCosts& costs,
                    const std::vector<std::string>& extrapolated) {
  return {effect_sentence(reference, other, months, difference), likelihood_sentence(reference, other, difference, extrapolated),
          uncertainty_sentence(included), evidence_sentence(evidence), cost_sentence(reference, other, months, costs)};
}

std::string text_of(const Sentences& a) {
  std::string text;
  for (const std::string* sentence : {&a.effect, &a.likelihood, &a.uncertainty, &a.evidence, &a.cost})
    if (!sentence->empty()) text += (text.empty() ? "" : " ") + *sentence;
  return text;
}

}  // namespace coalis
