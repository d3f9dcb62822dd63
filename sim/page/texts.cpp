#include "texts.hpp"

#include <fmt/format.h>

#include <cmath>

#include "coalis/core/letter_case.hpp"
#include "coalis/core/month_text.hpp"
#include "coalis/model/fields.hpp"
#include "coalis/model/setting_words.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/questions/equal_budget.hpp"
#include "coalis/report/words/comparison_text.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "coalis/report/words/value_words.hpp"
#include "region_map.hpp"

namespace coalis::page {
namespace {

// Outcomes that a coordinator asks about, in this order.
constexpr std::array offered{
    "engaged",         "never_attended",        "participation_remote", "regional_gap", "withdrawn",
    "goal_attainment", "service_effectiveness", "inside_collaboration", "hours_given",  "coordination_cost",
    "member_cost"};

std::string_view kind_of(const Lever& lever) {
  switch (lever.what) {
    case Lever::What::staff: return "staff";
    case Lever::What::hub_at: return "hub";
    case Lever::What::per_year: return "events";
    case Lever::What::remote: return "remote";
    case Lever::What::lever: return "lever";
    case Lever::What::from: return "from";
  }
  return "";
}

std::string in_one_line(std::string text) {
  for (char& c : text)
    if (c == '\n' || c == '\t') c = ' ';
  return text;
}

std::string usd(double cost) { return grouped(cost) + " USD a year"; }

// Without keys of the evidence file: "asked for (illinois_2020, P6); no figure".
std::string without_keys(std::string text) {
  for (std::size_t at = text.find(" ("); at != text.npos; at = text.find(" (", at)) {
    const std::size_t end = text.find(')', at);
    if (end == text.npos) break;
    if (std::string_view(text).substr(at, end - at).find('_') == text.npos)
      at = end;
    else
      text.erase(at, end + 1 - at);
  }
  return text;
}

// A row's words for those who know no word of the model: a sentence.
std::string everyday(std::string_view meaning) {
  std::string text(meaning);
  if (const std::size_t at = text.find("ever-member"); at != text.npos) {
    const bool many = text.substr(at).starts_with("ever-members");
    text.replace(at, many ? 12 : 11, many ? "organisations that ever were members" : "organisation that ever was a member");
  }
  text = capitalised(std::move(text));
  return text.ends_with('.') ? text : text + ".";
}

// "3 in 100 more"
std::string change_text(const OutcomeWords& words, double value) {
  const std::string size = amount(words, std::abs(value));
  return size == "0" ? "no difference" : fmt::format("{} {} {}", size, words.unit, value < 0 ? words.less : words.more);
}

void line(std::string& text, std::string_view name, const std::string& value) {
  if (!value.empty()) text += fmt::format("{}\t{}\n", name, in_one_line(value));
}

}  // namespace

std::string coalitions_text(const Explorer& explorer) {
  std::string text;
  for (std::size_t i = 0; i < explorer.coalitions().size(); ++i) {
    const Coalition& c = explorer.coalitions()[i];
    text += fmt::format("{}\t{}\t{}\t{}\n", c.file, in_one_line(c.scenario.name), in_one_line(c.scenario.description),
                        explorer.sets_fit(i) ? 1 : 0);
  }
  return text;
}

std::string levers_text(const Explorer& explorer, std::size_t side) {
  std::string text;
  const auto& levers = explorer.coalitions().at(explorer.coalition_of(side)).levers;
  for (std::size_t i = 0; i < levers.size(); ++i) {
    const Lever& l = levers[i];
    text += fmt::format("{}\t{}\t{}\t{}\t{}\t", l.key, kind_of(l), in_one_line(l.words), l.unit, in_one_line(l.meaning));
    for (const double x : {l.low, l.high, l.step, l.now, explorer.value(side, i), l.supported_low, l.supported_high})
      text += number_text(x) + "\t";
    text += in_one_line(without_keys(l.reason)) + (l.assumed ? "\t1\t" : "\t0\t");
    for (std::size_t n = 0; n < l.names.size(); ++n) text += (n > 0 ? "|" : "") + l.names[n];
    text += "\n";
  }
  return text;
}

std::string outcomes_text() {
  std::string text;
  for (const char* name : offered) {
    const Quantity& q = outcome_quantities()[index_of(outcome_quantities(), name)];
    text += fmt::format("{}\t{}\t{}\t{}\n", name, words_of(name).title, in_one_line(everyday(q.meaning)), words_of(name).unit);
  }
  return text;
}

std::string budgets_text() {
  std::string text;
  for (const std::string& name : budget_levers()) {
    const std::string words = name == "fte"        ? "paid coordination"
                              : name == "per_year" ? "how often events are held"
                                                   : setting_words("levers." + name);
    text += fmt::format("{}\t{}\n", name, words);
  }
  return text;
}

std::string rules_text() {
  std::string text;
  for (const Refers choice : {Refers::engagement, Refers::decision, Refers::influence}) {
    const std::string_view name = choice == Refers::engagement ? "engagement"
                                  : choice == Refers::decision ? "decision"
                                                               : "influence";
    for (const auto rule : choices(choice)) text += fmt::format("{}\t{}\t{}\n", name, rule, rule_words(rule));
  }
  return text;
}

std::string answer_text(const Explorer& explorer) {
  const ComparisonAnswer answer = explorer.answer();
  const Comparison& question = answer.question;
  const std::size_t outcome = question.outcomes.front();
  const Sentences s = sentences_of(answer, 1, outcome);
  std::string text;
  line(text, "effect", s.effect), line(text, "likelihood", spoken(s.likelihood)), line(text, "uncertainty", s.uncertainty);
  line(text, "evidence", spoken(s.evidence)), line(text, "cost", s.cost);
  line(text, "structures", structures_text(explorer, answer));
  line(text, "definition", definition(explorer.outcome));
  for (std::string notice : notices(question)) {
    constexpr std::string_view option = " --equal-budget compares at equal planned cost.";  // the page has a field for it
    if (notice.ends_with(option)) notice.resize(notice.size() - option.size());
    line(text, "notice", spoken(notice));
  }
  for (const Contender& c : question.scenarios) {
    line(text, "name." + c.label, c.scenario.name), line(text, "money." + c.label, usd(c.planned_cost));
    const auto side = static_cast<std::size_t>(&c - question.scenarios.data());
    line(text, "file." + c.label, explorer.name_of_file(side)),
        line(text, "changed." + c.label, explorer.changed(side) ? "1" : "");
  }
  const Scenario& reference = answer.reference();
  const auto half = answer.samples.half_month(1, outcome);
  line(text, "when",
       half ? fmt::format("Half of the average difference is there by {}, {}, and stays.",
                          month_name(reference.calendar.start, *half),
                          month_of_run({"B", "", months_alike(reference, question.scenarios[1].scenario)}, *half))
            : "");
  line(text, "months", span_of_months(reference.calendar.start, reference.calendar.months));
  line(text, "replicates", std::to_string(answer.replicates()));
  line(text, "command", explorer.command());
  return text;
}

std::string guess_text(const Explorer& explorer) {
  if (!explorer.guess) return "";
  const ComparisonAnswer answer = explorer.answer();
  const OutcomeWords& words = words_of(explorer.outcome);
  const PairedSummary d = answer.samples.difference(1, answer.question.outcomes.front());
  const double guess = *explorer.guess / words.scale;
  const std::string said = fmt::format("You guessed {}.", change_text(words, guess));
  if (std::isnan(d.mean)) return said + " The model has no answer to compare it with.";
  const bool among = d.most.low <= guess && guess <= d.most.high;
  return said + fmt::format(" The model says {} on average; 8 in 10 runs lie from {} to {}. Your guess is {} them.",
                            change_text(words, d.mean), change_text(words, d.most.low), change_text(words, d.most.high),
                            among ? "among" : "outside of");
}

std::string figures_text(const Explorer& explorer) {
  const ComparisonAnswer answer = explorer.answer();
  std::string text = "outcome,difference,se,A,B,above,below\n";
  for (std::size_t outcome = 0; outcome < outcome_quantities().size(); ++outcome) {
    const PairedSummary d = answer.samples.difference(1, outcome);
    text += outcome_quantities()[outcome].name;
    for (const double x : {d.mean, d.se, d.reference.mean, d.other.mean, d.above, d.below})
      text += "," + (std::isnan(x) ? "" : number_text(x));
    text += "\n";
  }
  return text;
}

std::string map_svg(const Explorer& explorer, std::size_t side) {
  const auto chosen = explorer.hubs_chosen(side);
  return chosen.empty() ? "" : region_map(explorer.coalitions().at(explorer.coalition_of(side)).scenario, chosen);
}

std::string map_table(const Explorer& explorer, std::size_t side) {
  const auto chosen = explorer.hubs_chosen(side);
  return chosen.empty()
             ? ""
             : region_table(explorer.coalitions().at(explorer.coalition_of(side)).scenario, chosen, side == 0 ? "A" : "B");
}

std::string hashes_text(const Explorer& explorer, std::size_t coalition, std::size_t replicates) {
  std::string text;
  for (const std::uint64_t hash : explorer.hashes(coalition, replicates)) text += fmt::format("{:016x}\n", hash);
  return text;
}

}  // namespace coalis::page
