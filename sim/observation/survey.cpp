// The survey (model.md section 7): what a questionnaire with a frame, refusals, non-response and missing items would have found.
// Draws from streams of its own.
#include <algorithm>
#include <array>
#include <limits>

#include "coalis/core/distributions.hpp"
#include "coalis/model/organisation_draws.hpp"
#include "coalis/observation/observers.hpp"
#include "coalis/observation/tally.hpp"

namespace coalis::inline COALIS_ISA {
namespace {

// By status: enrolled, dormant, withdrawn.
constexpr std::array<float, 4> reachable{0, .97f, .65f, .30f}, agrees{0, .97f, .60f, .30f};

// Probability of answering an item.
constexpr float meetings_item = 64.f / 73, outreach_item = 65.f / 73, training_item = 71.f / 73, cases_item = 63.f / 73,
                goal_item = 53.f / 73, leadership_item = 50.f / 73;

constexpr float rating_noise = .15f;

// Cut-points below the impression.
std::int8_t rating(float impression) {
  return static_cast<std::int8_t>((impression > .2f) + (impression > .4f) + (impression > .6f) + (impression > .8f));
}

// Events of a kind attended, at most `most`; -1 if the scenario lacks the kind or the item was not answered.
std::int8_t attended(const World& w, int kind, int i, int most, bool answered) {
  return static_cast<std::int8_t>(kind < 0 || !answered ? -1 : std::min(most, w.attended_events[kind][i]));
}

// Blocks of a tile of organisations.
struct TileBlocks {
  alignas(cache_line) std::uint32_t word[4][tile_size];
  TileBlocks(const World& w, const Address& at, Range tile) {
    organisation_blocks(w, at, tile.begin, tile.end, word[0], word[1], word[2], word[3]);
  }
  Words of(int k) const { return {{word[0][k], word[1][k], word[2][k], word[3][k]}}; }
};

Respondent fill_in(const World& w, int i, const Words& first, const Words& second, const Words& noise) {
  const TwoNormals z = two_normals(noise.w[0], noise.w[1]);
  Respondent r{};
  r.organisation = i;
  r.sector = static_cast<std::int8_t>(w.sector[i]);
  r.meetings = attended(w, w.plan.meeting, i, 4, uniform(first.w[3]) < meetings_item);
  r.outreach = attended(w, w.plan.outreach, i, 4, uniform(second.w[0]) < outreach_item);
  r.trainings = attended(w, w.plan.training, i, 127, uniform(second.w[1]) < training_item);
  r.cases = static_cast<std::int8_t>(uniform(second.w[2]) < cases_item ? w.serves_victims[i] : -1);
  r.goal = uniform(second.w[3]) < goal_item ? rating(w.progress[i] + rating_noise * z.a) : std::int8_t{-1};
  r.leadership = uniform(noise.w[2]) < leadership_item ? rating(w.leadership[i] + rating_noise * z.b) : std::int8_t{-1};
  r.inside = w.tie_sum[i] > 0;
  r.outside = w.outside[i] > 0;
  return r;
}

// The answers of the respondents in every window, as fill_in() has them.
void keep_answers(const World& w, const Recording& recording, RunRecord& record) {
  const auto kinds = answer_kinds(w);
  const auto missing = std::numeric_limits<float>::quiet_NaN();
  for (std::size_t window = 0; window <= recording.windows.size(); ++window)
    for (const Respondent& r : record.respondents) {
      const Words noise = draw(w.stream, {Purpose::survey_noise, entity(w.keys, r.organisation)});
      const TwoNormals z = two_normals(noise.w[0], noise.w[1]);
      const int i = r.organisation;
      SurveyAnswer answer{{-1, -1, -1},
                          r.goal < 0 ? missing : w.progress[i] + rating_noise * z.a,
                          r.leadership < 0 ? missing : w.leadership[i] + rating_noise * z.b};
      const std::array answered{r.meetings, r.outreach, r.trainings};
      for (std::size_t k = 0; k < kinds.size(); ++k) {
        if (answered[k] < 0) continue;
        answer.attended[k] = w.attended_events[kinds[k]][i];
        if (window > 0)
          answer.attended[k] -= record.attended_before[((window - 1) * kinds.size() + k) * static_cast<std::size_t>(w.n) + i];
      }
      record.answers.push_back(answer);
    }
}

// Shares of the answers 0..4 of one item.
void add_shares(std::vector<double>& figures, const std::vector<Respondent>& respondents, std::int8_t Respondent::*item) {
  std::array<int, 5> counts{};
  int answers = 0;
  for (const Respondent& r : respondents)
    if (r.*item >= 0) {
      ++counts[r.*item];
      ++answers;
    }
  for (const int count : counts) figures.push_back(ratio(count, answers));
}

// Share of the answers that are above 0.
double share_above(const std::vector<Respondent>& respondents, std::int8_t Respondent::*item) {
  int above = 0, answers = 0;
  for (const Respondent& r : respondents) {
    above += r.*item > 0;
    answers += r.*item >= 0;
  }
  return ratio(above, answers);
}

double mean_of_trained(const std::vector<Respondent>& respondents) {
  int trainings = 0, trained = 0;
  for (const Respondent& r : respondents)
    if (r.trainings > 0) {
      trainings += r.trainings;
      ++trained;
    }
  return ratio(trainings, trained);
}

struct SurveyCounts {
  int reached = 0, agreed = 0;
};

// All blocks of a tile are drawn side by side, those of organisations that do not answer for nothing.
void survey_tile(const World& w, Range tile, SurveyCounts& asked, std::vector<Respondent>& respondents) {
  const TileBlocks firsts(w, {.purpose = Purpose::survey}, tile), seconds(w, {.purpose = Purpose::survey, .index = 1}, tile);
  const TileBlocks noises(w, {.purpose = Purpose::survey_noise}, tile);
  for (int i = tile.begin; i < std::min(tile.end, w.n); ++i) {
    const std::int32_t status = w.status[i];
    if (status == nonmember) continue;
    const int k = i - tile.begin;
    const Words first = firsts.of(k);
    if (uniform(first.w[0]) >= reachable[status]) continue;
    ++asked.reached;
    if (uniform(first.w[1]) >= agrees[status]) continue;
    ++asked.agreed;
    const float answers = std::clamp(.62f + .30f * w.commitment[i] + (w.sector[i] == 1 ? .15f : 0.0f), 0.0f, .98f);
    if (uniform(first.w[2]) >= answers) continue;
    respondents.push_back(fill_in(w, i, first, seconds.of(k), noises.of(k)));
  }
}

}  // namespace

void take_survey(const World& w, const Recording& recording, RunRecord& record) {
  SurveyCounts asked;
  record.respondents.clear();
  for_tiles({0, w.lanes_n}, [&](Range tile) { survey_tile(w, tile, asked, record.respondents); });
  if (recording.answers) keep_answers(w, recording, record);
  const std::vector<Respondent>& all = record.respondents;
  std::vector<double>& figures = record.survey;
  figures.clear();
  for (const double count :
       {static_cast<double>(asked.reached), static_cast<double>(asked.agreed), static_cast<double>(all.size())})
    figures.push_back(count);
  add_shares(figures, all, &Respondent::meetings);
  add_shares(figures, all, &Respondent::outreach);
  figures.push_back(share_above(all, &Respondent::trainings));
  figures.push_back(mean_of_trained(all));
  figures.push_back(share_above(all, &Respondent::cases));
  add_shares(figures, all, &Respondent::goal);
  add_shares(figures, all, &Respondent::leadership);
  figures.push_back(share_above(all, &Respondent::inside));
  figures.push_back(share_above(all, &Respondent::outside));
  for (int sector = 0; sector < sectors; ++sector)
    figures.push_back(
        static_cast<double>(std::count_if(all.begin(), all.end(), [=](const Respondent& r) { return r.sector == sector; })));
}

}  // namespace coalis::inline COALIS_ISA
