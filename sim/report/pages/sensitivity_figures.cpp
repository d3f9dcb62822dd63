#include "coalis/report/pages/sensitivity_figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "coalis/core/counted.hpp"
#include "coalis/core/letters.hpp"
#include "coalis/model/setting_words.hpp"
#include "coalis/report/charts/chart_text.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "coalis/report/words/sensitivity_text.hpp"
#include "coalis/report/words/short_sentences.hpp"

namespace coalis::report {
namespace {

chart::Range range_of(const Estimate& e) { return {e.low, e.high}; }

// One more than in a sentence, for effects are small; dollars have none.
int decimals_of(const OutcomeWords& words) { return words.unit == "USD a year" ? 0 : words.decimals + 1; }

// "B \u2212 A" of a difference; "A".
std::string scenario_text(const SensitivityTarget& target) { return target.scenario == "B - A" ? "B \u2212 A" : target.scenario; }
bool is_difference(const SensitivityTarget& target) { return target.scenario == "B - A"; }

// Numbers as in the charts, in the unit that the outcome is said in.
std::string in_unit(const OutcomeWords& words, double value, bool with_sign) {
  if (!std::isfinite(value)) return "missing";
  const double said = words.scale * value;
  const int decimals = decimals_of(words);
  return with_sign ? chart::signed_number(said, decimals) : chart::number(said, decimals);
}

std::string share_of(double share) { return std::isfinite(share) ? chart::number(100 * share, 0) : "missing"; }

std::string share_text(const Estimate& e) {
  if (!std::isfinite(e.value)) return "missing";
  if (!std::isfinite(e.low + e.high)) return share_of(e.value) + " %";
  return fmt::format("{} % ({} to {} %)", share_of(e.value), share_of(e.low), share_of(e.high));
}

html::Table shares_table(const std::string& title, const std::vector<SensitivityTarget::Share>& shares) {
  html::Table table{title + ": shares of the variance, in brackets their 95 % intervals",
                    {"Input", "With others (total)", "Alone (first order)"},
                    {}};
  for (const auto& share : shares)
    table.rows.push_back({setting_words(share.input), share_text(share.index.total),
                          share_text(share.index.first) + (share.index.first_above_total() ? " *" : "")});
  return table;
}

html::Table effects_table(const std::string& title, const OutcomeWords& words,
                          const std::vector<SensitivityTarget::Effect>& effects, bool group) {
  html::Table table{fmt::format("{}: effects of moving {}, {}; in brackets 95 % intervals", title,
                                group ? "a group through its ranges" : "an input through its range", words.unit),
                    {"Input", "Average size (mu*)", "Average, with its sign (mu)", "How much it hangs on the others (sigma)"},
                    {}};
  for (const auto& effect : effects) {
    const Estimate& size = effect.of.mu_star;
    const std::string interval = std::isfinite(size.low + size.high) ? fmt::format(" ({} to {})", in_unit(words, size.low, false),
                                                                                   in_unit(words, size.high, false))
                                                                     : "";
    const bool signs = std::isfinite(effect.of.mu);  // of a group of several there are none
    table.rows.push_back({setting_words(effect.input), in_unit(words, size.value, false) + interval,
                          signs ? in_unit(words, effect.of.mu, true) : "-",
                          std::isfinite(effect.of.sigma) ? in_unit(words, effect.of.sigma, false) : "-"});
  }
  return table;
}

// Everything about one target.
class TargetFigures {
 public:
  TargetFigures(const SensitivityFindings& findings, const SensitivityTarget& target, std::string id)
      : findings_(findings), target_(target), id_(std::move(id)), words_(words_of(target.outcome)) {}

  SensitivityPage::Target target() const {
    SensitivityPage::Target t;
    t.id = id_;
    t.title = title();
    t.summary = summary();
    if (!target_.varies) return t;
    t.warning = warning();
    for (const bool group : {false, true})
      if (auto chart = shares(group); !chart.factors.empty()) t.shares.push_back(std::move(chart));
    if (!target_.shares.empty()) t.tables.push_back(shares_table(title(), target_.shares));
    if (auto chart = ends(); !chart.factors.empty()) t.ends = std::move(chart);
    for (const auto& [effects, group] : {std::pair{&target_.screening, false}, {&target_.group_screening, true}}) {
      if (effects->empty()) continue;
      t.screened.push_back(screened(*effects, group));
      t.tables.push_back(effects_table(title(), words_, *effects, group));
    }
    return t;
  }

 private:
  std::string title() const { return fmt::format("{}, {}", words_.title, scenario_text(target_)); }

  std::string summary() const {
    if (std::isnan(target_.mean)) return "It has no value at any point: there is nothing to examine.";
    const std::string mean = fmt::format("{} {}", in_unit(words_, target_.mean, is_difference(target_)), words_.unit);
    if (!target_.varies)
      return fmt::format("It is {} at every point: no factor changes it, and there is nothing to share out.", mean);
    std::string text =
        fmt::format("On average over the ranges {}; standard deviation {}.", mean, in_unit(words_, target_.sd, false));
    if (const std::string luck = luck_words(target_.seed, findings_.replicates); !luck.empty()) text += " " + luck;
    if (much_chance(target_)) text += " " + chance_warning(findings_);
    return text;
  }

  chart::Caption caption(const char* what, std::string subtitle) const {
    return {.id = fmt::format("{}-{}", id_, what),
            .title = title(),
            .subtitle = std::move(subtitle),
            .source = fmt::format("Coalis {}, model version {}, {}", findings_.made_by.program, findings_.made_by.model,
                                  findings_.name),
            .interval = "",
            .runs = findings_.replicates,
            .runs_are = "runs of each point",
            .seed = findings_.seed};
  }

  chart::Importance shares(bool group) const {
    chart::Importance chart;
    chart.caption =
        caption(group ? "shares-groups" : "shares", group ? "Share of the variance that is due to all inputs of a group"
                                                          : "Share of the variance that is due to an input");
    chart.quantity = {"share of the variance", "%", 100, 0, "more"};
    for (const auto& share : target_.shares)
      if (share.group == group)
        chart.factors.push_back({setting_words(share.input), share.index.total.value, range_of(share.index.total),
                                 share.index.first.value, range_of(share.index.first)});
    return chart;
  }

  chart::Tornado ends() const {
    chart::Tornado chart;
    chart.caption = caption("tornado", "Average in the lowest and in the highest fifth of an input's range");
    chart.quantity = {std::string(words_.title), std::string(words_.unit), words_.scale, decimals_of(words_), "more"};
    chart.centre = target_.mean;
    chart.centre_is = "average over the ranges";
    for (const auto& share : target_.shares)
      if (share.ends) chart.factors.push_back({setting_words(share.input), "low", "high", share.ends->low, share.ends->high});
    return chart;
  }

  chart::Importance screened(const std::vector<SensitivityTarget::Effect>& effects, bool group) const {
    chart::Importance chart;
    chart.caption = caption(group ? "effects-groups" : "effects",
                            group ? "Average effect of moving all inputs of a group through their ranges"
                                  : "Average effect of moving an input through its range");
    chart.quantity = {"average absolute effect", std::string(words_.unit), words_.scale, decimals_of(words_), "more"};
    chart.total_is = "average absolute effect (mu*)";
    for (const auto& effect : effects)
      chart.factors.push_back(
          {setting_words(effect.input), effect.of.mu_star.value, range_of(effect.of.mu_star), chart::missing, {}});
    return chart;
  }

  std::string warning() const {
    std::string names;
    for (const auto& share : target_.shares)
      if (share.index.first_above_total()) names += (names.empty() ? "" : "; ") + setting_words(share.input);
    std::string text;
    if (!names.empty())
      text = fmt::format("* A first order above the total cannot be; both are within the error of the base points: {}. ", names);
    std::string unordered;
    for (const auto& share : target_.shares)
      if (!share.group && !share.ends) unordered += (unordered.empty() ? "" : "; ") + setting_words(share.input);
    if (!unordered.empty()) text += fmt::format("Without a lowest and a highest value, as its values are names: {}. ", unordered);
    return text.substr(0, text.find_last_not_of(' ') + 1);
  }

  const SensitivityFindings& findings_;
  const SensitivityTarget& target_;
  std::string id_;
  const OutcomeWords& words_;
};

// Each input once, in the order in which they stand.
html::Table moved(const SensitivityFindings& findings) {
  html::Table table{"What was moved", {"Input", "Its key in the scenario"}, {}};
  std::set<std::string> named;
  const auto add = [&](const std::string& input, bool group) {
    if (!group && named.insert(input).second)
      table.rows.push_back({setting_words(input), setting_words(input) == input ? "-" : input});
  };
  for (const SensitivityTarget& target : findings.targets) {
    for (const auto& share : target.shares) add(share.input, share.group);
    for (const auto& effect : target.screening) add(effect.input, false);
  }
  return table;
}

// What one input's weight is told by: its share of the variance, or how far it moves the outcome.
struct Strongest {
  std::string input, by;
};

std::optional<Strongest> strongest_of(const SensitivityTarget& target) {
  const OutcomeWords& words = words_of(target.outcome);
  std::optional<Strongest> found;
  double most = 0;
  for (const auto& share : target.shares)
    if (!share.group && share.index.total.value > most) {
      most = share.index.total.value;
      found = {setting_words(share.input), fmt::format("{} in 100 of what it varies by", share_of(most))};
    }
  if (found) return found;
  for (const auto& effect : target.screening)
    if (effect.of.mu_star.value > most) {
      most = effect.of.mu_star.value;
      found = {setting_words(effect.input),
               fmt::format("on average it moves it by {} {}", in_unit(words, most, false), words.unit)};
    }
  return found;
}

std::string short_sensitivity_answer(const SensitivityFindings& findings, const SensitivityTarget& target) {
  const OutcomeWords& words = words_of(target.outcome);
  const auto strongest = target.varies ? strongest_of(target) : std::nullopt;
  const std::string what = is_difference(target) ? "The difference in " + title_within(words) : std::string(words.title);
  if (!strongest) return fmt::format("{}: none of what was moved changes it.", what);
  const std::string of = findings.scenarios.size() > 1 && !is_difference(target) ? fmt::format(" ({})", target.scenario) : "";
  return fullest({fmt::format("{}{} hangs most on \"{}\": {}.", what, of, strongest->input, strongest->by),
                  fmt::format("{}{} hangs most on \"{}\".", what, of, strongest->input),
                  fmt::format("{}{} hangs most on what stands first in the picture.", what, of)});
}

std::vector<std::string> sensitivity_how_sure(const SensitivityFindings& findings, const SensitivityTarget& target) {
  std::vector<std::string> said{
      fmt::format("{} points were run, {} of each.", findings.points, counted(findings.replicates, "run")),
      "Shares are of the ranges that were moved: a wider range weighs more.",
      "An input without a clear share is not one without effect: its interval says how much it may have.",
      "What an outcome hangs on is not what is good for it."};
  if (much_chance(target)) said.emplace_back("Much of this is chance: more runs would change the numbers.");
  return said;
}

// The five strongest inputs of a target, as one picture.
std::string strongest_picture(SensitivityPage::Target target) {
  constexpr std::size_t drawn = 5;
  const auto first_of = [&](auto chart, auto size) {
    std::stable_sort(chart.factors.begin(), chart.factors.end(), [&](const auto& a, const auto& b) { return size(a) > size(b); });
    if (chart.factors.size() > drawn) chart.factors.resize(drawn), chart.caption.title += ": the strongest inputs";
    chart.caption.id += "-first";
    return chart::svg(chart);
  };
  if (target.ends && !target.shares.empty())
    return first_of(*target.ends, [](const auto& f) { return std::abs(f.at_high - f.at_low); });
  if (!target.shares.empty()) return first_of(target.shares.front(), [](const auto& f) { return f.total; });
  if (!target.screened.empty()) return first_of(target.screened.front(), [](const auto& f) { return f.total; });
  return "";
}

}  // namespace

SensitivityPage sensitivity_page(const SensitivityFindings& findings, const FindingsFile& file, const std::string& title,
                                 const std::string& command) {
  SensitivityPage page;
  page.title = title.empty() ? findings.name : title;
  page.question = findings.question;
  for (std::size_t s = 0; s < findings.scenarios.size(); ++s)
    page.scenarios.push_back(fmt::format("{}: {}", letter_of(s), findings.titles[s]));
  page.moved = moved(findings);
  for (const SensitivityTarget& target : findings.targets)
    page.targets.push_back(TargetFigures(findings, target, fmt::format("target-{}", page.targets.size() + 1)).target());
  if (!findings.targets.empty()) {
    const SensitivityTarget& first = findings.targets.front();
    page.answer = short_sensitivity_answer(findings, first), page.sure = sensitivity_how_sure(findings, first);
    page.definition = definition(first.outcome), page.picture = strongest_picture(page.targets.front());
  }
  page.points = findings.points;
  page.replicates = findings.replicates;
  page.program = findings.made_by.program;
  page.commit = findings.made_by.commit;
  page.model = findings.made_by.model;
  page.file = file.name;
  page.file_hash = file.hash;
  page.command = command;
  return page;
}

}  // namespace coalis::report
