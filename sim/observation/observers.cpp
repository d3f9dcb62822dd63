#include "coalis/observation/observers.hpp"

#include <algorithm>
#include <bit>
#include <concepts>
#include <span>

#include "coalis/model/outcome_rows.hpp"
#include "coalis/submodels/ties.hpp"

namespace coalis::inline COALIS_ISA {
namespace {

int survey_month(const World& w) {
  const int month = w.plan.scenario.survey.month;
  return month < 0 ? w.plan.months() - 1 : month;
}

void record_final_state(const World& w, RunRecord& record) {
  const std::size_t n = static_cast<std::size_t>(w.n);
  float* f = record.final_float.data();
  for (const Column<float>* column : {&w.mission, &w.capacity, &w.anchor, &w.commitment, &w.awareness, &w.leadership, &w.progress,
                                      &w.trace, &w.conflict, &w.outside, &w.viewpoint, &w.grant_factor, &w.load})
    f = std::copy_n(column->data(), n, f);
  std::int32_t* k = record.final_integer.data();
  for (const Column<std::uint8_t>* column : {&w.sector, &w.role, &w.region}) k = std::copy_n(column->data(), n, k);
  for (const Column<std::int32_t>* column : {&w.serves_victims, &w.type, &w.entry, &w.status, &w.idle})
    k = std::copy_n(column->data(), n, k);
  for (std::size_t i = 0; i < n; ++i) {
    const std::int32_t home = w.place[i] / w.plan.regions();
    k[i] = home < w.plan.hubs() ? home : -1;
  }
  std::int32_t* events = record.attended.data();
  for (const Column<std::int32_t>& column : w.attended_events) events = std::copy_n(column.data(), n, events);
}

void record_ties(const World& w, RunRecord& record) {
  record.ties.clear();
  std::fill(record.region_ties.begin(), record.region_ties.end(), 0.0f);
  for (int i = 0; i < w.n; ++i)
    for (int slot = 0; slot < w.tie_slots[i]; ++slot) {
      const int at = slot_index(i, slot);
      if (w.tie_partner[at] < 0) continue;
      const std::int32_t partner = w.tie_partner[at] & partner_mask;
      record.ties.push_back({i, partner, w.tie_strength[at]});
      record.region_ties[w.region[i] * w.plan.regions() + w.region[partner]] += w.tie_strength[at];
    }
}

// Mixes one word a lane and step: order within a lane matters, lanes are told apart at the end.
struct LaneHash {
  std::uint32_t lane[lanes];
  void add(const std::uint32_t* words) {
    COALIS_LANES
    for (int k = 0; k < lanes; ++k) lane[k] = ((lane[k] << 13 | lane[k] >> 19) ^ words[k]) * 0x9e3779b1u;
  }
};

std::uint64_t mixed(std::uint64_t hash, std::uint64_t word) {
  hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
  return hash ^ hash >> 29;
}

// Ties as partner and relation: home hubs are told by the region and the plan.
void add_partners(LaneHash& hash, const Column<std::int32_t>& slots) {
  for (std::size_t block = 0; block < slots.size(); block += lanes) {
    std::uint32_t words[lanes];
    COALIS_LANES
    for (std::size_t k = 0; k < lanes; ++k)
      words[k] = static_cast<std::uint32_t>(slots[block + k] < 0 ? slots[block + k] : slots[block + k] & ~across_hubs);
    hash.add(words);
  }
}

std::uint32_t word_of(float x) { return std::bit_cast<std::uint32_t>(x); }
std::uint32_t word_of(std::integral auto x) { return static_cast<std::uint32_t>(x); }

template <class T>
void add_column(LaneHash& hash, const T* column, int n) {
  std::uint32_t words[lanes];
  int block = 0;
  for (; block + lanes <= n; block += lanes) {
    COALIS_LANES
    for (int k = 0; k < lanes; ++k) words[k] = word_of(column[block + k]);
    hash.add(words);
  }
  if (block == n) return;
  for (int k = 0; k < lanes; ++k) words[k] = block + k < n ? word_of(column[block + k]) : 0;
  hash.add(words);
}

}  // namespace

std::uint64_t hash_state(const World& w, const RunRecord& record) {
  LaneHash lanes_hash;
  for (std::uint32_t k = 0; k < lanes; ++k) lanes_hash.lane[k] = k;
  for (const Column<float>* column : {&w.mission, &w.capacity, &w.anchor, &w.commitment, &w.awareness, &w.leadership, &w.progress,
                                      &w.trace, &w.conflict, &w.outside, &w.viewpoint, &w.grant_factor, &w.load})
    add_column(lanes_hash, column->data(), w.n);
  for (const Column<std::uint8_t>* column : {&w.sector, &w.role, &w.region}) add_column(lanes_hash, column->data(), w.n);
  for (const Column<std::int32_t>* column : {&w.serves_victims, &w.type, &w.entry, &w.status, &w.idle, &w.last_attended})
    add_column(lanes_hash, column->data(), w.n);
  for (const Column<std::int32_t>& column : w.attended_events) add_column(lanes_hash, column.data(), w.n);
  add_partners(lanes_hash, w.tie_partner);
  add_column(lanes_hash, w.tie_strength.data(), w.lanes_n * slots_max);
  std::uint64_t hash = static_cast<std::uint64_t>(w.n);
  for (const std::uint32_t lane : lanes_hash.lane) hash = mixed(hash, lane);
  for (const double outcome : std::span(record.outcomes).first(hashed_outcomes))
    hash = mixed(hash, outcome == outcome ? std::bit_cast<std::uint64_t>(outcome) : 1);
  for (const std::int32_t count : w.attended_in) hash = mixed(hash, static_cast<std::uint32_t>(count));
  return hash;
}

void prepare_record(const World& w, const Recording& recording, RunRecord& record) {
  const std::size_t n = static_cast<std::size_t>(w.n), months = w.plan.months(), regions = w.plan.regions();
  record.replicate = w.stream.replicate;
  record.outcomes.resize(outcome_quantities().size());
  record.trajectories.resize(recording.trajectories ? trajectory_quantities().size() * months : 0);
  const bool by_region = recording.trajectories && recording.regions;
  record.region_trajectories.resize(by_region ? region_trajectory_quantities().size() * regions * months : 0);
  record.attended.resize(recording.organisations ? w.attended_events.size() * n : 0);
  record.final_float.resize(recording.organisations ? final_float_quantities().size() * n : 0);
  record.final_integer.resize(recording.organisations ? final_integer_quantities().size() * n : 0);
  record.region_ties.resize(recording.ties ? regions * regions : 0);
  record.organisation_trajectories.resize(
      recording.organisation_trajectories ? organisation_trajectory_quantities().size() * months * n : 0);
  record.ties.clear();
  record.ties.reserve(recording.ties ? n * slots_max : 0);
  record.survey.clear();
  record.survey.reserve(survey_quantities().size());
  record.respondents.clear();
  record.respondents.reserve(recording.survey ? n : 0);
  record.answers.clear();
  record.sheets.assign(recording.sheets ? months * n : 0, std::int8_t{-1});
  record.attended_until.assign(recording.sheets ? n : 0, 0);
  record.attended_before.assign(recording.answers ? recording.windows.size() * answer_kinds(w).size() * n : 0, 0);
}

// Attendance up to the month before a window of the survey.
void open_windows(const World& w, const Recording& recording, RunRecord& record) {
  std::int32_t* out = record.attended_before.data();
  for (const int from : recording.windows)
    for (const int kind : answer_kinds(w)) {
      if (w.month == from - 1 && kind >= 0) std::copy_n(w.attended_events[kind].data(), static_cast<std::size_t>(w.n), out);
      out += w.n;
    }
}

// Who came to a meeting of the month. On the list are members whose hub, or everybody, had one; a meeting of the core has those
// who were asked to it.
void keep_sheet(const World& w, RunRecord& record) {
  const int meeting = w.plan.meeting;
  if (meeting < 0 || w.held_of[meeting] == 0) return;
  std::vector<char> met(w.plan.hubs() + 1, 0);  // those without a home hub last
  for (const Event& event : w.events) {
    const Series& series = w.policy->series[event.series];
    if (series.kind != meeting) continue;
    if (series.audience == static_cast<int>(Audience::hub)) met[series.hub] = 1;
    if (series.audience == static_cast<int>(Audience::all)) std::fill(met.begin(), met.end(), char{1});
  }
  const std::int32_t* asked = w.invitations.data() + static_cast<std::size_t>(meeting) * w.lanes_n;
  const std::int32_t* events = w.attended_events[meeting].data();
  std::int8_t* row = record.sheets.data() + static_cast<std::size_t>(w.month) * w.n;
  for (int i = 0; i < w.n; ++i) {
    if (w.status[i] != nonmember && (met[w.place[i] / w.plan.regions()] || asked[i] > 0))
      row[i] = events[i] > record.attended_until[i];
    record.attended_until[i] = events[i];
  }
}

void observe_month(World& w, const Recording& recording, RunRecord& record) {
  if (recording.trajectories) record_trajectories(w, recording, record);
  if (recording.organisation_trajectories) record_organisations(w, record);
  if (recording.answers) open_windows(w, recording, record);
  if (recording.sheets) keep_sheet(w, record);
  if (recording.survey && w.month == survey_month(w)) take_survey(w, recording, record);
}

void observe_end(World& w, const Recording& recording, RunRecord& record) {
  record_outcomes(w, record);
  if (recording.organisations) record_final_state(w, record);
  if (recording.ties) record_ties(w, record);
  record.hash = hash_state(w, record);
}

}  // namespace coalis::inline COALIS_ISA
