#include "report/pages/comparison_charts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <numeric>
#include <utility>

#include "coalis/core/month_text.hpp"
#include "coalis/core/number_text.hpp"
#include "coalis/model/setting_words.hpp"
#include "coalis/questions/comparison/samples.hpp"
#include "coalis/questions/level_trajectory.hpp"
#include "coalis/questions/survey_beside.hpp"
#include "coalis/report/words/likelihood.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "coalis/report/words/sentences.hpp"
#include "coalis/statistics/paired_statistics.hpp"
#include "comparison_sections.hpp"

namespace coalis::report {
namespace {

constexpr std::size_t probabilities = 7;  // of the file's quantiles: 0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975
constexpr std::size_t single_runs = 12;

struct Drawing {
  const ComparisonPage& page;
  const KeptComparison& file;
  const std::vector<Scenario>& scenarios;
  OutcomeWords words = words_of(page.headline);
  std::size_t months = static_cast<std::size_t>(page.months);

  chart::Caption caption(std::string id, std::string title, std::string subtitle) const {
    return {.id = std::move(id),
            .title = std::move(title),
            .subtitle = std::move(subtitle),
            .source = fmt::format("Coalis {}, model version {}, {}", page.origin.program, page.origin.model, page.origin.file),
            .interval = page.included.parameter_sets > 1 ? "Ranges: chance and parameters" : "Ranges: chance alone",
            .runs = file.replicates,
            .runs_are = "paired runs",
            .seed = file.seed};
  }
  chart::Quantity quantity() const {
    const std::string unit(words.unit == "in 100" ? words.measure.starts_with("organisations") ? "organisations in 100" : "in 100"
                                                  : words.unit);
    const std::string name = title_within(words);
    return {name, unit, words.scale, words.decimals,
            words.better == Better::neither ? std::string(words.more) : fmt::format("{} {}", words.more, name)};
  }
  std::vector<Option> options = short_options(page);
  chart::Option option(std::size_t s) const { return {options[s].label, options[s].name}; }
  chart::Calendar start() const { return {std::stoi(page.start.substr(0, 4)), std::stoi(page.start.substr(5, 2))}; }
  std::string horizon() const { return month_name(page.start, page.months - 1); }

  // Files hold floats: half of a last digit is rounded as where doubles are.
  static double shortest(float value) {
    std::array<char, 32> text{};  // fmt writes no float in a page's module
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value);
    return decimal_number(std::string_view(text.data(), end.ptr)).value_or(chart::missing);
  }

  // Rows of quantiles [scenario][probability][month] as bands.
  std::vector<chart::Bands> bands(const std::vector<float>& values, std::size_t scenario) const {
    std::vector<chart::Bands> result;
    const auto at = [&](std::size_t probability, std::size_t month) {
      return shortest(values[(scenario * probabilities + probability) * months + month]);
    };
    for (std::size_t m = 0; m < months; ++m)
      result.push_back({at(3, m), {at(2, m), at(4, m)}, {at(1, m), at(5, m)}, {at(0, m), at(6, m)}});
    return result;
  }

  // What is changed in an option after the start: an event a month, which says the first change and how many more there are.
  std::vector<chart::Event> interventions(std::size_t s) const {
    std::map<int, std::vector<std::string>> by_month;
    for (const Intervention& i : scenarios[s].interventions)
      if (i.from > 0) by_month[i.from].push_back(setting_words(i.set));
    std::vector<chart::Event> events;
    for (const auto& [month, changes] : by_month)
      events.push_back({month, fmt::format("{}: {}{}", page.options[s].option.label, changes.front(),
                                           changes.size() > 1 ? fmt::format(" and {} more", changes.size() - 1) : "")});
    return events;
  }
  std::vector<chart::Event> interventions(const std::vector<std::size_t>& options) const {
    std::vector<chart::Event> events;
    for (const std::size_t s : options)
      for (auto& event : interventions(s)) events.push_back(std::move(event));
    return events;
  }

  chart::DifferenceFan fan(std::size_t s, const std::vector<float>& quantiles) const {
    return {caption(fmt::format("fan-{}", s), fmt::format("{} against {} over time", option(s).letter, option(0).letter),
                    fmt::format("Difference in {}, month by month", words.measure)),
            quantity(),
            option(0),
            option(s),
            start(),
            bands(quantiles, s - 1),
            report_outcome().differences[s - 1].matters,
            interventions(std::vector<std::size_t>{0, s}),
            report_outcome().differences[s - 1].grain};
  }
  const Outcome& report_outcome() const {
    return *std::find_if(page.outcomes.begin(), page.outcomes.end(), [&](const Outcome& o) { return o.name == page.headline; });
  }

  chart::DifferenceDots dots(std::size_t s) const {
    const auto reference = file.values("outcomes", page.headline, 0), other = file.values("outcomes", page.headline, s);
    std::vector<double> differences;
    for (std::size_t r = 0; r < reference.size(); ++r) differences.push_back(other[r] - reference[r]);
    const OutcomeDifference& said = report_outcome().differences[s - 1];
    return {caption(fmt::format("dots-{}", s), fmt::format("{} against {} in {}", option(s).letter, option(0).letter, horizon()),
                    fmt::format("Difference in {}", words.measure)),
            quantity(),
            option(0),
            option(s),
            std::move(differences),
            said.matters,
            said.grain,
            decimals_of(said)};
  }

  chart::Levels levels() const {
    const auto quantiles = file.over_time("level_quantiles_over_time", page.headline, months),
               runs = file.over_time("levels_over_time", page.headline, months);
    chart::Levels data{caption("levels", "The options, each by itself",
                               fmt::format("{}, month by month; thin lines are single runs", words.title)),
                       quantity(),
                       start(),
                       {},
                       {},
                       0};
    data.caption.runs_are = "runs of each option";
    for (std::size_t s = 0; s < scenarios.size(); ++s) {
      chart::Levels::Panel panel{option(s), bands(quantiles, s), {}, interventions(s)};
      for (std::size_t r = 0; r < std::min(single_runs, file.replicates); ++r) {
        const auto first = runs.begin() + static_cast<std::ptrdiff_t>((r * scenarios.size() + s) * months);
        panel.runs.emplace_back(first, first + static_cast<std::ptrdiff_t>(months));
      }
      data.panels.push_back(std::move(panel));
    }
    return data;
  }

  chart::RegionTiles regions(std::size_t s, const std::vector<float>& quantiles, const std::vector<std::string>& names) const {
    chart::RegionTiles tiles{
        caption(fmt::format("regions-{}", s), fmt::format("{} against {} by region", option(s).letter, option(0).letter),
                fmt::format("Difference in {}, {}", words.measure, horizon())),
        quantity(),
        option(0),
        option(s),
        {}};
    const auto at = [&](std::size_t region, std::size_t probability) {
      return shortest(quantiles[(((s - 1) * names.size() + region) * probabilities + probability) * months + months - 1]);
    };
    for (std::size_t r = 0; r < names.size(); ++r) tiles.regions.push_back({names[r], at(r, 3), {at(r, 1), at(r, 5)}});
    return tiles;
  }

  chart::AttendanceHistogram attendance_of(const std::string& what) const {
    chart::AttendanceHistogram data;
    data.caption = caption("attendance", fmt::format("Meetings attended: the survey and {}", option(0).letter),
                           fmt::format("Answers to the survey beside the simulated survey of {}", what));
    data.caption.runs_are = "runs";
    data.simulated.push_back({"simulated survey", {}, {}});
    return data;
  }
  static void add_answers(chart::AttendanceHistogram& data, const std::string& category, const Summary& simulated, int count,
                          int answers) {
    data.categories.push_back(category);
    data.simulated.front().share.push_back(simulated.mean);
    data.simulated.front().range.push_back({simulated.q10, simulated.q90});
    auto& answered = data.evidence.emplace_back();
    if (count < 0 || answers <= 0) return;
    const Interval interval = wilson(static_cast<std::size_t>(count), static_cast<std::size_t>(answers));
    answered = {double(count) / answers, {interval.low, interval.high}, count, answers};
  }
  // In the categories of the evidence.
  std::optional<chart::AttendanceHistogram> own_attendance(std::span<const EvidenceItem> evidence) const {
    const OwnItems own(evidence, scenarios.front());
    for (std::size_t i = 0; i < own.items().size() && file.has_own_item(i); ++i) {
      const ComparedItem& item = own.items()[i];
      if (item.measures != "meetings_attended") continue;
      chart::AttendanceHistogram data = attendance_of(option(0).name + ": " + own.title(i));
      const int answers = std::accumulate(item.counts.begin(), item.counts.end(), 0);
      for (std::size_t k = 0; k < item.names.size(); ++k)
        add_answers(data, item.names[k], summarise(file.values("survey_items", fmt::format("item.{}.{}", i, k), 0)),
                    item.counts[k], answers);
      return data;
    }
    return std::nullopt;
  }

  std::optional<chart::AttendanceHistogram> attendance(std::span<const EvidenceItem> evidence) const {
    const auto comparisons = survey_comparisons();  // meetings first
    const EvidenceItem* item = item_beside(evidence, comparisons.front());
    if (!item) return own_attendance(evidence);
    chart::AttendanceHistogram data = attendance_of(option(0).name);
    const int answers = answers_to(*item);
    for (const SurveyLine& line : comparisons.front().lines) {
      const auto at = place_of(*item, line.category);
      add_answers(data, line.label, summarise(file.values("survey", line.figure, 0)), at ? item->counts[*at] : -1, answers);
    }
    return data;
  }
};

bool is_named(const std::vector<Quantity>& quantities, const std::string& name) {
  return std::any_of(quantities.begin(), quantities.end(), [&](const Quantity& q) { return q.name == name; });
}

}  // namespace

void add_charts(ComparisonPage& page, const KeptComparison& file, const std::vector<Scenario>& scenarios) {
  const Drawing drawing{page, file, scenarios};
  std::vector<chart::DifferenceFan> fans;
  std::vector<chart::DifferenceDots> dots;
  std::vector<chart::RegionTiles> tiles;
  const bool over_time = level_trajectory(index_of(outcome_quantities(), page.headline)).has_value();
  const bool by_region = is_named(region_trajectory_quantities(), page.headline);
  const auto fan_values =
      over_time ? file.over_time("difference_quantiles_over_time", page.headline, drawing.months) : std::vector<float>();
  const auto region_values =
      by_region ? file.over_time("difference_quantiles_by_region", page.headline, drawing.months) : std::vector<float>();
  for (std::size_t s = 1; s < scenarios.size(); ++s) {
    if (over_time) fans.push_back(drawing.fan(s, fan_values));
    dots.push_back(drawing.dots(s));
    if (by_region) tiles.push_back(drawing.regions(s, region_values, file.regions()));
  }
  if (over_time) page.levels = drawing.levels();
  page.fans = std::move(fans), page.dots = std::move(dots), page.regions = std::move(tiles);
}

void add_survey_chart(ComparisonPage& page, const KeptComparison& file, const std::vector<Scenario>& scenarios,
                      std::span<const EvidenceItem> evidence) {
  page.attendance = Drawing{page, file, scenarios}.attendance(evidence);
}

Course course_of(const KeptComparison& file, const std::string& name, std::size_t other, int months) {
  Course found;
  found.followed = level_trajectory(index_of(outcome_quantities(), name)).has_value();
  if (!found.followed) return found;
  const std::size_t scenarios = file.scenarios.size(), others = scenarios - 1, width = static_cast<std::size_t>(months);
  const auto values = file.over_time("differences_over_time", name, width),
             levels = file.over_time("levels_over_time", name, width);
  const std::vector<float> zeros(width, 0.0f);
  MeanDifferences differences, of_reference, of_other;
  for (std::size_t r = 0; r < file.replicates; ++r) {
    const auto month_by_month = [&](const std::vector<float>& all, std::size_t row) {
      return std::span(all).subspan(row * width, width);
    };
    differences.add(zeros, month_by_month(values, r * others + other));
    of_reference.add(zeros, month_by_month(levels, r * scenarios));
    of_other.add(zeros, month_by_month(levels, r * scenarios + other + 1));
  }
  std::vector<double> mean;
  for (std::size_t m = 0; m < width; ++m) mean.push_back(differences.mean(m));
  const std::size_t first = std::max(first_movement(of_reference, 0, width), first_movement(of_other, 0, width));
  const std::size_t year = std::min<std::size_t>(width, 12);
  found.last_year = std::accumulate(mean.end() - static_cast<std::ptrdiff_t>(year), mean.end(), 0.0) / static_cast<double>(year);
  found.half = month_of_half(mean, differences.half_width(width - 1), first);
  if (!found.half) return found;
  found.first = first > 0 && *found.half == static_cast<int>(first);
  const auto half = mean.begin() + *found.half;
  const double sign = mean.back() < 0 ? -1 : 1;
  const auto largest = std::max_element(half, mean.end(), [&](double x, double y) { return sign * x < sign * y; });
  found.largest = static_cast<int>(largest - mean.begin()), found.at_largest = *largest;
  return found;
}

}  // namespace coalis::report
