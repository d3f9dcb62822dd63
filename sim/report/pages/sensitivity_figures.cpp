#include "coalis/report/pages/sensitivity_figures.hpp"

#include <fmt/format.h>

#include <cmath>
#include <set>
#include <utility>
#include <vector>

#include "coalis/model/fields.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "coalis/report/words/plain_text.hpp"
#include "coalis/report/words/sensitivity_text.hpp"

namespace coalis::report {
namespace {

chart::Range range_of(const Estimate& e) { return {e.low, e.high}; }

std::string interval_text(const Estimate& e) {
  if (std::isnan(e.value)) return "missing";
  if (std::isnan(e.low + e.high)) return fixed(e.value, 3);
  return fmt::format("{} ({} to {})", fixed(e.value, 3), fixed(e.low, 3), fixed(e.high, 3));
}

html::Table shares_table(const std::vector<SensitivityTarget::Share>& shares) {
  html::Table table{"Shares of the variance (95 % intervals)", {"Input", "With others (total)", "Alone (first order)"}, {}};
  for (const auto& share : shares)
    table.rows.push_back({share.input, interval_text(share.index.total),
                          interval_text(share.index.first) + (share.index.first_above_total() ? " *" : "")});
  return table;
}

html::Table effects_table(const std::vector<SensitivityTarget::Effect>& effects, bool group) {
  html::Table table{fmt::format("Effects of moving {} through {}, in the outcome's unit", group ? "a group" : "a parameter",
                                group ? "its ranges" : "its range"),
                    {"Input", "mu* (95 % interval)", "mu", "sigma"},
                    {}};
  const auto text = [](double value) { return fixed(value, 3); };
  for (const auto& effect : effects)
    table.rows.push_back({effect.input, interval_text(effect.of.mu_star), text(effect.of.mu), text(effect.of.sigma)});
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
    for (const bool group : {false, true})
      if (auto chart = shares(group); !chart.factors.empty()) t.shares.push_back(std::move(chart));
    if (!target_.shares.empty()) t.ends = ends(), t.tables.push_back(shares_table(target_.shares)), t.warning = warning();
    for (const auto& [effects, group] : {std::pair{&target_.screening, false}, {&target_.group_screening, true}}) {
      if (effects->empty()) continue;
      t.screened.push_back(screened(*effects, group));
      t.tables.push_back(effects_table(*effects, group));
    }
    return t;
  }

 private:
  std::string title() const { return fmt::format("{}, {}", words_.title, target_.scenario); }

  std::string summary() const {
    if (std::isnan(target_.mean)) return "It has no value at any point: there is nothing to examine.";
    const std::string mean = fixed(words_.scale * target_.mean, words_.decimals + 1);
    if (!target_.varies)
      return fmt::format(
          "{} {} over all points: it does not vary over the ranges, no factor changes it, and there is nothing to "
          "share out.",
          mean, words_.measure);
    std::string text = fmt::format("On average {} {}; standard deviation over the ranges {:.{}f}.", mean, words_.measure,
                                   words_.scale * target_.sd, words_.decimals + 1);
    const SeedShare& seed = target_.seed;
    if (!std::isnan(seed.parameters))
      text += fmt::format(" Of the variance of one run parameters are {:.0f} %, luck the rest.", 100 * seed.parameters);
    if (!std::isnan(seed.left))
      text += fmt::format(" In the means that were analysed {:.1f} % of the variance is left of luck.", 100 * seed.left);
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
        caption(group ? "shares-groups" : "shares", group ? "Share of the variance that is due to all parameters of a group"
                                                          : "Share of the variance that is due to a parameter");
    chart.quantity = {"share of the variance", "%", 100, 0, "more"};
    for (const auto& share : target_.shares)
      if (share.group == group)
        chart.factors.push_back({share.input, share.index.total.value, range_of(share.index.total), share.index.first.value,
                                 range_of(share.index.first)});
    return chart;
  }

  chart::Tornado ends() const {
    chart::Tornado chart;
    chart.caption = caption("tornado", "Average in the lowest and in the highest fifth of a parameter's range");
    chart.quantity = {std::string(words_.title), std::string(words_.unit), words_.scale, words_.decimals + 1, "more"};
    chart.centre = target_.mean;
    chart.centre_is = "average over the ranges";
    for (const auto& share : target_.shares)
      if (share.ends) chart.factors.push_back({share.input, "low", "high", share.ends->low, share.ends->high});
    return chart;
  }

  chart::Importance screened(const std::vector<SensitivityTarget::Effect>& effects, bool group) const {
    chart::Importance chart;
    chart.caption = caption(group ? "effects-groups" : "effects",
                            group ? "Average effect of moving all parameters of a group through their ranges"
                                  : "Average effect of moving a parameter through its range");
    chart.quantity = {"average absolute effect", std::string(words_.unit), words_.scale, words_.decimals + 1, "more"};
    chart.total_is = "average absolute effect (mu*)";
    for (const auto& effect : effects)
      chart.factors.push_back({effect.input, effect.of.mu_star.value, range_of(effect.of.mu_star), chart::missing, {}});
    return chart;
  }

  std::string warning() const {
    const std::string names = above_total_names(target_);
    return names.empty()
               ? ""
               : fmt::format("* A first order above the total cannot be; both are within the error of the base points: {}.",
                             names);
  }

  const SensitivityFindings& findings_;
  const SensitivityTarget& target_;
  std::string id_;
  const OutcomeWords& words_;
};

// What the key at the end of a path is; "-" for what has no row.
std::string meaning_of(const std::string& path) {
  const std::string table = path.substr(0, path.find('.')), key = path.substr(path.rfind('.') + 1);
  for (const FieldText& field : field_texts())
    if (field.table == table && field.key == key) return field.meaning;
  return "-";
}

// Each input once, in the order in which they stand.
html::Table moved(const SensitivityFindings& findings) {
  html::Table table{"What was moved", {"Input", "What it is"}, {}};
  std::set<std::string> named;
  const auto add = [&](const std::string& input, bool group) {
    if (!group && named.insert(input).second) table.rows.push_back({input, meaning_of(input)});
  };
  for (const SensitivityTarget& target : findings.targets) {
    for (const auto& share : target.shares) add(share.input, share.group);
    for (const auto& effect : target.screening) add(effect.input, false);
  }
  return table;
}

}  // namespace

SensitivityPage sensitivity_page(const SensitivityFindings& findings, const FindingsFile& file, const std::string& title,
                                 const std::string& command) {
  SensitivityPage page;
  page.title = title.empty() ? findings.name : title;
  page.question = findings.question;
  for (std::size_t s = 0; s < findings.scenarios.size(); ++s)
    page.scenarios.push_back(fmt::format("{}: {}", sensitivity_label(s), findings.scenarios[s]));
  page.moved = moved(findings);
  for (const SensitivityTarget& target : findings.targets)
    page.targets.push_back(TargetFigures(findings, target, fmt::format("target-{}", page.targets.size() + 1)).target());
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
