#include "coalis/inference/survey_items.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <stdexcept>

#include "coalis/inference/sheets.hpp"

namespace coalis {
namespace {

// Where the counts of an item begin.
std::size_t first_of(std::string_view id) { return survey_items[*survey_item_named(id)].first; }

std::string fmt_text(const auto&... parts) {
  std::string text;
  const auto add = [&](const auto& part) {
    if constexpr (std::is_integral_v<std::decay_t<decltype(part)>>)
      text += std::to_string(part);
    else
      text += part;
  };
  (add(parts), ...);
  return text;
}

// The months from year 0 that "YYYY-MM" stands for; -1 if it is none.
int month_number(const std::string& text) {
  int year = 0, month = 0;
  const char* end = text.data() + text.size();
  const auto [dash, wrong_year] = std::from_chars(text.data(), end, year);
  if (wrong_year != std::errc() || dash == end || *dash != '-') return -1;
  const auto [stop, wrong_month] = std::from_chars(dash + 1, end, month);
  return wrong_month != std::errc() || stop != end || month < 1 || month > 12 || year < 1 ? -1 : 12 * year + month - 1;
}

// The impression that a rating is made of; NaN without an answer.
float impression_of(std::string_view id, const SurveyAnswer& answer) {
  return id == "leadership_rating" ? answer.leadership : id == "policy_awareness" ? answer.awareness : answer.goal;
}

// The category of an answer of its own kind; nothing without an answer.
std::optional<std::size_t> category_of(const SurveyQuestion& q, const SurveyAnswer& answer) {
  const std::string_view id = survey_items[q.item].id;
  if (q.points > 0) {
    const float impression = impression_of(id, answer);
    if (std::isnan(impression)) return std::nullopt;
    std::size_t category = 0;  // cut-points below the impression, evenly spread
    for (int k = 1; k < q.points; ++k) category += impression > static_cast<float>(k) / static_cast<float>(q.points);
    return category;
  }
  if (id == "mission_related") return answer.related ? 0 : 1;
  const std::size_t kind = id == "meetings_attended" ? 0 : id == "outreach_days_attended" ? 1 : 2;
  const std::int32_t attended = answer.attended[kind];
  if (attended < 0) return std::nullopt;
  return static_cast<std::size_t>(std::upper_bound(q.from.begin(), q.from.end(), attended) - q.from.begin()) - 1;
}

// Those trained, and the trainings that they attended.
void add_trainings(const SurveyAnswer& answer, std::int32_t* cells) {
  const std::int32_t trainings = std::max(0, answer.attended[2]);
  cells[0] += trainings > 0;
  cells[1] += trainings;
}

int survey_month(const Scenario& scenario) {
  return scenario.survey.month < 0 ? scenario.calendar.months - 1 : scenario.survey.month;
}

// Adds those who came and those who did not, a pair of cells a rate.
void add_rates(const SurveyQuestion& q, const AttendanceTable& table, std::int32_t* cells) {
  const auto put = [&](const CameOf& rate) {
    *cells++ += rate.came;
    *cells++ += rate.of - rate.came;
  };
  if (q.from.empty()) {
    for (const CameOf& rate : attended_by_meeting(table)) put(rate);
    return;
  }
  for (const int code : q.from)
    put(attended_again(table, static_cast<std::size_t>(code / 2))[static_cast<std::size_t>(code % 2)]);
}

void add_sheets(const SurveyQuestion& q, const AttendanceTable& table, std::int32_t* cells) {
  if (of_rates(survey_items[q.item].id)) return add_rates(q, table, cells);
  const auto members = attended_by_member(table);
  for (std::size_t times = 0; times < members.size(); ++times)
    cells[std::upper_bound(q.from.begin(), q.from.end(), static_cast<int>(times)) - q.from.begin() - 1] += members[times];
}

}  // namespace

std::optional<int> first_month_of(int last_months, const std::string& since, const Scenario& scenario) {
  const int survey = survey_month(scenario);
  if (last_months > 0) {
    if (last_months > survey + 1)
      throw std::invalid_argument(
          fmt_text("the last ", last_months, " months before the survey begin before the scenario does, which has ", survey + 1));
    return last_months == survey + 1 ? std::nullopt : std::optional(survey + 1 - last_months);
  }
  if (since.empty()) return std::nullopt;
  const int month = month_number(since) - month_number(scenario.calendar.start);
  if (month < 0) throw std::invalid_argument(fmt_text(since, " is before the scenario's first month, ", scenario.calendar.start));
  if (month > survey) throw std::invalid_argument(fmt_text(since, " is after the month of the survey"));
  return month == 0 ? std::nullopt : std::optional(month);
}

std::size_t Questionnaire::add(const SurveyQuestion& question, const Scenario& scenario) {
  Asked asked{question, 0, 0, survey_month(scenario) + 1, scenario.calendar.months};
  const auto month = first_month_of(question.last_months, question.since, scenario);
  if (question.sheets) {
    asked.first = month.value_or(0);
  } else if (month) {
    const auto found = std::find(windows_.begin(), windows_.end(), *month);
    asked.window = static_cast<std::size_t>(found - windows_.begin()) + 1;
    if (found == windows_.end()) windows_.push_back(*month);
  }
  asked_.push_back(asked);
  const std::size_t first = categories_;
  categories_ += question.categories;
  return first;
}

Recording Questionnaire::recording(Recording besides) const {
  besides.survey = true;
  const auto of_lists = [](const Asked& asked) { return asked.question.sheets; };
  besides.answers = !std::all_of(asked_.begin(), asked_.end(), of_lists);
  besides.sheets = besides.sheets || std::any_of(asked_.begin(), asked_.end(), of_lists);
  besides.windows = windows_;
  return besides;
}

SurveyCounts Questionnaire::count(const RunRecord& record, int frame) const {
  SurveyCounts counts = count_answers(record, frame);
  counts.resize(categories_);
  std::size_t first = survey_categories;
  for (const Asked& asked : asked_) {
    if (asked.question.sheets) {
      const std::size_t organisations = record.sheets.size() / static_cast<std::size_t>(asked.months);
      const auto meetings = static_cast<std::size_t>(asked.question.meetings);
      add_sheets(asked.question, sheets_table(record, organisations, asked.first, asked.end, meetings), counts.data() + first);
      first += asked.question.categories;
      continue;
    }
    for (std::size_t r = 0; r < record.respondents.size(); ++r) {
      const SurveyAnswer& answer = record.answers.at(asked.window * record.respondents.size() + r);
      if (counts_trainings(survey_items[asked.question.item].id))
        add_trainings(answer, counts.data() + first);
      else if (const auto category = category_of(asked.question, answer))
        ++counts[first + *category];
    }
    first += asked.question.categories;
  }
  return counts;
}

std::optional<std::size_t> survey_item_named(std::string_view id) {
  const auto found =
      std::find_if(survey_items.begin(), survey_items.end(), [&](const SurveyItem& item) { return item.id == id; });
  if (found == survey_items.end()) return std::nullopt;
  return static_cast<std::size_t>(found - survey_items.begin());
}

SurveyCounts count_answers(const RunRecord& record, int frame) {
  static const std::size_t sector = first_of("respondent_sector"), meetings = first_of("meetings_attended"),
                           outreach = first_of("outreach_days_attended"), trained = first_of("trained"),
                           cases = first_of("case_experience"), inside = first_of("collaborates_inside"),
                           outside = first_of("collaborates_outside"), goal = first_of("goal_attainment_rating"),
                           leadership = first_of("leadership_rating");
  SurveyCounts counts(survey_categories);
  const auto reached = static_cast<std::int32_t>(record.survey.at(0)), agreed = static_cast<std::int32_t>(record.survey.at(1)),
             returned = static_cast<std::int32_t>(record.survey.at(2));
  counts[0] = std::max(0, frame - reached);
  counts[1] = reached - agreed;
  counts[2] = agreed - returned;
  counts[3] = returned;
  const auto yes_no = [&](std::size_t first, int answer) {
    if (answer >= 0) ++counts[first + (answer == 0)];
  };
  const auto scale = [&](std::size_t first, int answer) {
    if (answer >= 0) ++counts[first + static_cast<std::size_t>(answer)];
  };
  for (const Respondent& r : record.respondents) {
    scale(sector, r.sector);
    scale(meetings, r.meetings);
    scale(outreach, r.outreach);
    yes_no(trained, r.trainings);
    yes_no(cases, r.cases);
    yes_no(inside, r.inside);
    yes_no(outside, r.outside);
    scale(goal, r.goal);
    scale(leadership, r.leadership);
  }
  return counts;
}

}  // namespace coalis
