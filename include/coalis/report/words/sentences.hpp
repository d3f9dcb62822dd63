// What a comparison says, in sentences, from plain numbers: the one source of them for `coalis compare`, studies and the report.
// Every sentence on a difference carries its size, its range, the difference that matters and the count of runs; a word for
// likelihood never stands without its numbers. docs/decisions/0013-sentences-and-report.md says why each is as it is.
#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/questions/comparison/differences.hpp"
#include "coalis/questions/evidence_base.hpp"
#include "coalis/report/words/outcome_words.hpp"

namespace coalis {

// Who is compared: a label and what it stands for: "B", "three hubs".
struct Option {
  std::string label, name;
  int before = 0;  // months of the run until it begins to differ from the reference (months_alike())
};

// Which uncertainty beyond chance the numbers hold.
struct Included {
  std::size_t parameter_sets = 0;  // 0: the scenario's own parameters alone
  std::size_t structures = 1;
};

// Of two options: what can be said of both. The texts name the option where they differ.
EvidenceBase of_both(const Option& reference, const EvidenceBase& of_reference, const Option& other,
                     const EvidenceBase& of_other);

// Planned coordination and members' own cost, USD a year (model.md section 8).
struct YearlyCosts {
  double planned_reference, planned_other;
  double members_reference, members_other;  // NaN: not known
  MeanDifference spent{}, members{};        // of coordination and members' own cost as incurred, other - reference
  int from = 0;         // the first month of the time that planned costs are of; what is incurred is of the whole run
  std::string since{};  // the same in words, as from_month_on() has it
};

// "After 43 months B (three hubs) keeps 6 more organisations in 100 engaged than A (one centre), on average (52 against 46); 8 in
// 10 runs: 1 fewer to 14 more." months: length of the run.
std::string effect_sentence(const Option& reference, const Option& other, int months, const OutcomeDifference& difference);

// "In this model B is likely (66-100 %) better by more than 3 in 100: 152 of 200 paired runs (70-81 %); ...".
// extrapolated: levers outside the range that evidence supports; with any there is no word.
std::string likelihood_sentence(const Option& reference, const Option& other, const OutcomeDifference& difference,
                                const std::vector<std::string>& extrapolated = {});

// "Included is chance; not included are ...".
std::string uncertainty_sentence(const Included& included);

// "low" or "medium", never more.
std::string_view confidence(const EvidenceBase& evidence);
std::string evidence_sentence(const EvidenceBase& evidence);
// "The parameters were fitted to ...", "The parameters were not fitted to ...": of the evidence alone.
std::string fitted_sentence(const EvidenceBase& evidence);

// "2,291 ± 75 USD a year less than A", "as much as A, but for ± 40 USD a year".
std::string spent_text(double mean, double half_width, const std::string& reference);
// "in the runs B spends 2,291 USD a year less than A", of the time that planned costs are of.
std::string spent_in_runs(const Option& reference, const Option& other, int months, const YearlyCosts& costs);
// "takes 6,225 ± 1,045 USD a year more than A" in members' time and travel, of the same time.
std::string members_in_runs(const Option& reference, int months, const YearlyCosts& costs);
// "Both cost 38,517 USD a year as planned; ...".
std::string cost_sentence(const Option& reference, const Option& other, int months, const YearlyCosts& costs);

// Parts of them for tables: "11 fewer", "0.9 to 21 fewer", "better".
std::string change_text(const OutcomeDifference& difference);
std::string range_text(const OutcomeDifference& difference);
// Decimals in which levels of several options and their mean differences stand side by side: as few as let every reader subtract.
int decimals_of_levels(const std::vector<OutcomeDifference>& differences);
int decimals_of(const OutcomeDifference& difference);
// Of one answer: the reference has one number beside all.
void say_alike(std::vector<OutcomeDifference>& differences);
// "Of the 36 months counted, 12 are before B begins to differ": an average over them is less than what B brings about a year.
std::string months_before(int months, int before, const std::string& label);
// Of what is measured over months in which both are still alike: the same, with what a rate is in the others; "" else.
std::string diluted_sentence(const Option& other, int months, const OutcomeDifference& difference);
// What a rate over the whole run differs by in the months that differ; nothing of what is no rate, or where all of them differ.
std::optional<OutcomeDifference> where_they_differ(const Option& other, int months, const OutcomeDifference& difference);
// A clear difference that is no larger than what matters.
bool too_little_to_matter(const OutcomeDifference& difference);
// "month 29 of the run, 16 months after the first in which B differs"; month from 0.
std::string month_of_run(const Option& other, int month);
std::string level_said(const std::string& outcome, double value, int decimals);
std::string_view direction_word(const OutcomeWords& words, bool up);

// All of them, in the order in which they are to be read.
struct Sentences {
  std::string effect, likelihood, uncertainty, evidence, cost;
};
Sentences sentences(const Option& reference, const Option& other, int months, const OutcomeDifference& difference,
                    const Included& included, const EvidenceBase& evidence, const YearlyCosts& costs,
                    const std::vector<std::string>& extrapolated = {});
std::string text_of(const Sentences& sentences);  // sentences in one paragraph

}  // namespace coalis
