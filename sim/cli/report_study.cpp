#include "report_study.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "coalis/core/build_info.hpp"
#include "coalis/engine/simulate.hpp"
#include "coalis/io/hdf5/result_file.hpp"
#include "coalis/io/text/file_hash.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "coalis/report/words/sentences.hpp"
#include "coalis/statistics/summary.hpp"
#include "coalis/tasks/report.hpp"
#include "study_answer.hpp"

namespace coalis::cli {
namespace {

constexpr std::size_t most_series = 4, most_options = 12, most_worlds = 6;

std::optional<double> number_in(const std::string& text) {
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  return error == std::errc() && stop == end ? std::optional(value) : std::nullopt;
}

// The runs of a study that are done, by point.
class Done {
 public:
  Done(const PreparedStudy& study, const RunStore& store)
      : study_(study),
        points_(study.points.size(), Samples(outcomes_of(study.study().further()).size())),
        coordinates_(coordinates_of(study)) {
    for (std::size_t run = 0; run < study.runs(); ++run)
      if (const RunKey key = study.key_of(run); store.done(key))
        points_[study.point_of(run)].add(store.read(key).record.outcomes);
  }
  Summary level(std::size_t point, std::size_t outcome) const { return points_[point].summary(outcome); }
  std::size_t fewest() const {
    std::size_t least = points_.front().replicates();
    for (const Samples& samples : points_) least = std::min(least, samples.replicates());
    return least;
  }
  const Coordinates& at(std::size_t point) const { return coordinates_[point]; }
  std::size_t points() const { return points_.size(); }
  // What tells a point from the others: its scenario's name and the values of factors.
  std::string name(std::size_t point) const {
    const std::string text = name_by(point, [](std::size_t) { return true; });
    return text.empty() ? "as it is" : text;
  }
  // The same of what can be chosen, and of what cannot: "" where nothing tells points apart.
  std::string option(std::size_t point) const {
    const std::string text = name_by(point, [&](std::size_t dimension) { return study_.study().is_policy(dimension); });
    return text.empty() ? "as it is" : text;
  }
  std::string world(std::size_t point) const {
    return name_by(point, [&](std::size_t dimension) { return !study_.study().is_policy(dimension); });
  }

 private:
  template <class Wanted>
  std::string name_by(std::size_t point, Wanted wanted) const {
    std::string text = study_.study().scenarios.size() > 1 && wanted(0) ? study_.points[point].resolved.name : "";
    if (!text.empty()) text += study_.points[point].became;
    const auto& factors = study_.study().design.factors;
    for (std::size_t f = 0; f < factors.size(); ++f) {
      const std::string& value = coordinates_[point][f + 1];
      if (!value.empty() && wanted(f + 1))
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", factors[f].name, plain(value));
    }
    return text;
  }

  const PreparedStudy& study_;
  std::vector<Samples> points_;
  std::vector<Coordinates> coordinates_;
};

html::Table points_table(const PreparedStudy& study, const Done& done) {
  html::Table table{"Every point: averages, in brackets where 8 in 10 runs lie", {"Point"}, {}};
  const auto& quantities = all_outcome_quantities();
  for (const std::size_t outcome : study.study().outcomes) {
    const OutcomeWords& words = words_of(quantities[outcome].name);
    table.head.push_back(fmt::format("{}, {}", words.title, words.unit));
  }
  for (std::size_t p = 0; p < done.points(); ++p) {
    auto& row = table.rows.emplace_back(std::vector{done.name(p)});
    for (const std::size_t outcome : study.study().outcomes) {
      const OutcomeWords& words = words_of(quantities[outcome].name);
      const Summary s = done.level(p, outcome);
      const std::string mean = amount(words, s.mean), low = amount(words, s.q10), high = amount(words, s.q90);
      row.push_back(s.n == 0 ? "missing" : low == mean && high == mean ? mean : fmt::format("{} ({} to {})", mean, low, high));
    }
  }
  return table;
}

chart::Quantity quantity_of(std::size_t outcome) {
  const OutcomeWords& words = words_of(all_outcome_quantities()[outcome].name);
  return {std::string(words.title), std::string(words.unit), words.scale, words.decimals, std::string(words.more)};
}

std::string ranges_of(const PreparedStudy& study) {
  return study.together() > 1 ? "Ranges: chance and parameters" : "Ranges: chance alone";
}

chart::Caption caption_of(const PreparedStudy& study, const Done& done, std::string id, std::string title, std::string subtitle) {
  return {std::move(id),        std::move(title),
          std::move(subtitle),  fmt::format("Coalis {}, {}", build_info().version, study.study().name),
          ranges_of(study),     done.fewest(),
          "runs of each point", study.study().seed};
}

// The first factor of numbers, a line for each setting of the others; nothing if there are too many lines.
std::optional<chart::DoseResponse> dose_of(const PreparedStudy& study, const Done& done, std::size_t outcome) {
  const auto& factors = study.study().design.factors;
  for (std::size_t f = 0; f < factors.size(); ++f) {
    std::map<std::string, std::size_t> lines;  // the other coordinates, to a series
    chart::DoseResponse data;
    bool numbers = true;
    for (std::size_t p = 0; p < done.points() && numbers; ++p) {
      const auto dose = number_in(done.at(p)[f + 1]);
      numbers = dose.has_value();
      if (!numbers) break;
      // What tells the lines apart; what the values are of is said below the title.
      std::string rest = study.study().scenarios.size() > 1 ? study.points[p].resolved.name : "";
      if (done.at(p)[0] != done.at(0)[0] && !study.study().equal_budget.empty())
        rest += ", " + study.study().equal_budget + " scaled to equal planned cost";
      for (std::size_t other = 0; other < factors.size(); ++other)
        if (other != f) rest += fmt::format("{}{}", rest.empty() ? "" : ", ", plain(done.at(p)[other + 1]));
      const auto [line, is_new] = lines.try_emplace(rest, data.series.size());
      if (is_new) data.series.push_back({{std::string(1, static_cast<char>('A' + data.series.size() % 26)), rest}, {}});
      const Summary s = done.level(p, outcome);
      data.series[line->second].points.push_back({*dose, s.mean, {s.q10, s.q90}});
    }
    if (!numbers || data.series.size() > most_series || data.series.front().points.size() < 2) continue;
    for (auto& series : data.series)
      std::sort(series.points.begin(), series.points.end(), [](const auto& a, const auto& b) { return a.dose < b.dose; });
    data.response = quantity_of(outcome);
    data.dose = {factors[f].name, "", 1, 2, "more"};
    std::string others;
    for (std::size_t other = 0; other < factors.size(); ++other)
      if (other != f) others += (others.empty() ? "; lines by " : ", ") + factors[other].name;
    data.caption = caption_of(study, done, "dose", fmt::format("{} by {}", data.response.name, factors[f].name),
                              "Averages at the end of the run" + others);
    return data;
  }
  return std::nullopt;
}

chart::Frontier frontier_among(const PreparedStudy& study, const Done& done, std::size_t outcome,
                               const std::vector<std::size_t>& points) {
  const std::size_t cost = index_of(all_outcome_quantities(), "planned_cost");
  chart::Frontier data;
  for (const std::size_t p : points) {
    const Summary s = done.level(p, outcome);
    data.points.push_back({{std::string(1, static_cast<char>('A' + data.points.size())), done.option(p)},
                           done.level(p, cost).mean,
                           s.mean,
                           {s.q10, s.q90}});
  }
  data.cost = quantity_of(cost), data.outcome = quantity_of(outcome);
  data.more_is_better = words_of(all_outcome_quantities()[outcome].name).better != Better::less;
  const std::string world = done.world(points.front());
  data.caption = caption_of(study, done, "frontier", fmt::format("{} against planned cost", data.outcome.name),
                            "Averages at the end of the run" + (world.empty() ? "" : "; in a world of " + world));
  return data;
}

// One for each world: only what can be chosen is ranked. None where there is nothing to choose, or too much.
std::vector<chart::Frontier> frontiers_of(const PreparedStudy& study, const Done& done, std::size_t outcome) {
  std::vector<chart::Frontier> frontiers;
  if (all_outcome_quantities()[outcome].name == "planned_cost") return frontiers;
  std::map<std::string, std::vector<std::size_t>> worlds;
  std::vector<std::string> order;
  for (std::size_t p = 0; p < done.points(); ++p) {
    auto& points = worlds[done.world(p)];
    if (points.empty()) order.push_back(done.world(p));
    points.push_back(p);
  }
  if (worlds.size() > most_worlds) return frontiers;
  for (const std::string& world : order) {
    const auto& points = worlds[world];
    if (points.size() < 2 || points.size() > most_options) continue;
    frontiers.push_back(frontier_among(study, done, outcome, points));
    if (worlds.size() > 1) frontiers.back().caption.id += fmt::format("-{}", frontiers.size());
  }
  return frontiers;
}

// "YYYY-MM-DD", when the store last got a file.
std::string day_of_change(const std::filesystem::path& folder) {
  struct stat status {};
  std::tm day{};
  if (::stat(folder.c_str(), &status) != 0 || !::gmtime_r(&status.st_mtime, &day))
    throw ResultError(folder.string() + ": cannot be read");
  return fmt::format("{:04}-{:02}-{:02}", day.tm_year + 1900, day.tm_mon + 1, day.tm_mday);
}

std::size_t sets_drawn(const PreparedStudy& study) {
  std::set<std::size_t> sets(study.parameters.front().drawn.begin(), study.parameters.front().drawn.end());
  return sets.size();
}

void add_answer(report::StudyPage& page, const PreparedStudy& study, const RunStore& store, const Done& done) {
  if (study.study().answer.figures.empty()) {
    page.uncertainty = uncertainty_sentence({page.parameters.empty() ? 0 : sets_drawn(study), 1});
    return;
  }
  const nlohmann::ordered_json answer = answer_json(study, store);
  page.answer = answer["answer"], page.uncertainty = answer["uncertainty"];
  if (!answer["agreement"].is_null()) page.agreement = answer["agreement"];
  if (!answer["spread"].is_null()) page.spread = answer["spread"];
  chart::Importance parts;
  for (const auto& f : answer["figures"]) {
    auto& figure = page.figures.emplace_back(report::StudyFigure{
        f["name"], f["meaning"], f["structure"].is_null() ? "" : f["structure"].get<std::string>(), f["text"], f["verdict"]});
    if (!f.contains("variance") || f["variance"]["share"].is_null()) continue;
    const auto& v = f["variance"];
    figure.parts = v["text"];
    if (figure.structure == page.figures.front().structure)  // that of the paragraph
      parts.factors.push_back({figure.name, v["share"], {v["share_low"], v["share_high"]}, chart::missing, {}});
  }
  if (parts.factors.empty()) return;
  const std::string& of = page.figures.front().structure;
  parts.quantity = {"share of the variance of single runs", "%", 100, 0, "more"};
  parts.total_is = "due to parameters; the rest is luck";
  parts.caption = caption_of(study, done, "parts", "What single runs differ by: parameters or luck",
                             "Figures of the answer" + (of.empty() ? "" : ", " + of));
  parts.caption.interval = "";
  page.parts = std::move(parts);
}

}  // namespace

std::optional<report::StudyPage> study_page(const std::string& path, const std::vector<std::string>& parameters,
                                            const std::string& command) {
  const auto study = prepare_study(path, parameters);
  if (!study) return std::nullopt;
  if (!std::filesystem::exists(study->store_folder()))
    throw ResultError(fmt::format("{}: has no runs yet; do them with: {}", path, study->command("run")));
  RunStore store = study->open_store(Access::read);
  const Done done(*study, store);
  if (done.fewest() == 0)
    throw ResultError(fmt::format("{}: not every point has a run yet; do them with: {}", path, study->command("run")));
  report::StudyPage page;
  page.title = study->study().name, page.question = study->study().question;
  page.date = page_date(day_of_change(study->store_folder()), std::getenv("SOURCE_DATE_EPOCH"));
  for (const StudyParameters& file : study->parameters) page.parameters.push_back({file.name, file.hash});
  add_answer(page, *study, store, done);
  page.replicates = done.fewest();
  page.points = points_table(*study, done);
  page.dose = dose_of(*study, done, study->study().outcomes.front());
  page.frontiers = frontiers_of(*study, done, study->study().outcomes.front());
  const BuildInfo& build = build_info();
  page.program = build.version, page.commit = build.commit, page.model = model_version, page.seed = study->study().seed;
  page.file = std::filesystem::path(path).filename().string(), page.file_hash = sha1_of_file(path);
  page.commands = fmt::format("coalis study run '{}'{} && {}", page.file, parameters_options(parameters), command);
  return page;
}

}  // namespace coalis::cli
