#include "study_groups.hpp"

#include <functional>

#include "coalis/network/outcomes.hpp"
#include "result_sections.hpp"

namespace coalis::io {
namespace {

using h5::Dimension;
using h5::no_double;
using h5::no_float;
using h5::Rows;

// Every run's fingerprint and whether it was done.
class Runs final : public StudyGroup {
 public:
  Runs(hid_t file, std::size_t points, std::uint32_t replicates)
      : StudyGroup(file, "runs", "Every run's fingerprint", points, replicates),
        hash_(group_, {"hash", "1", "64-bit hash over the final state of all organisations and the outcomes; 0 of a failed run"},
              dimensions(), {}, h5::LongRows::parted),
        done_(group_, {"done", "1", "1: done, 0: failed"}, dimensions(), {}, h5::LongRows::parted) {}
  void append(const StoredRun* run) override {
    hash_.append(run ? run->record.hash : 0);
    done_.append(static_cast<std::int8_t>(run != nullptr));
  }
  void finish() override {
    hash_.flush();
    done_.flush();
  }

 private:
  Rows<std::uint64_t> hash_;
  Rows<std::int8_t> done_;
};

// A variable a quantity; a run's record holds the quantities one after the other, each of the same size.
template <class T>
class Quantities final : public StudyGroup {
 public:
  using Take = const std::vector<T>& (*)(const RunRecord&);
  using Inner = std::vector<Dimension>;
  Quantities(hid_t file, const std::string& name, const std::string& title, std::size_t points, std::uint32_t replicates,
             const std::vector<Quantity>& quantities, T missing, Take take, const std::function<Inner(hid_t)>& make_inner)
      : StudyGroup(file, name, title, points, replicates), inner_(make_inner(group_)), take_(take) {
    std::vector<const Dimension*> inner;
    for (const auto& dimension : inner_) {
      inner.push_back(&dimension);
      size_ *= dimension.length();
    }
    for (const auto& quantity : quantities)
      rows_.emplace_back(group_, quantity, dimensions(inner), missing, h5::LongRows::parted);
    absent_.assign(size_, missing);
  }
  void append(const StoredRun* run) override {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      rows_[i].append(run ? std::span<const T>(take_(run->record)).subspan(i * size_, size_) : std::span<const T>(absent_));
    }
  }
  void finish() override {
    for (auto& rows : rows_) rows.flush();
  }

 private:
  Inner inner_;
  Take take_;
  std::size_t size_ = 1;
  std::vector<Rows<T>> rows_;
  std::vector<T> absent_;
};

}  // namespace

std::vector<std::unique_ptr<StudyGroup>> make_groups(hid_t file, const Study& study, const std::vector<StudyPoint>& points) {
  const Scenario& scenario = points.front().resolved;
  const std::size_t n = points.size();
  const std::uint32_t r = study.replicates;
  const auto nothing = [](hid_t) { return std::vector<Dimension>{}; };
  const auto month = [&](hid_t group) {
    std::vector<Dimension> inner;
    inner.push_back(month_dimension(group, scenario));
    return inner;
  };
  const auto region_month = [&](hid_t group) {
    std::vector<std::string> names;
    for (const Region& region : scenario.regions) names.push_back(region.name);
    std::vector<Dimension> inner;
    inner.emplace_back(group, Quantity{"region", "", "region of the scenario"}, names);
    inner.push_back(month_dimension(group, scenario));
    return inner;
  };
  std::vector<std::unique_ptr<StudyGroup>> groups;
  groups.push_back(std::make_unique<Runs>(file, n, r));
  groups.push_back(std::make_unique<Quantities<double>>(
      file, "outcomes", "Outcomes of every run", n, r, outcomes_of(study.further()), no_double,
      [](const RunRecord& record) -> const std::vector<double>& { return record.outcomes; }, nothing));
  if (study.record >= StudyRecord::trajectories) {
    groups.push_back(std::make_unique<Quantities<float>>(
        file, "trajectories", "The coalition, month by month", n, r, trajectory_quantities(), no_float,
        [](const RunRecord& record) -> const std::vector<float>& { return record.trajectories; }, month));
  }
  if (study.record == StudyRecord::all) {
    groups.push_back(std::make_unique<Quantities<float>>(
        file, "trajectories_by_region", "The organisations of each region, month by month", n, r, region_trajectory_quantities(),
        no_float, [](const RunRecord& record) -> const std::vector<float>& { return record.region_trajectories; }, region_month));
    groups.push_back(std::make_unique<Quantities<double>>(
        file, "survey", "Figures of the simulated survey", n, r, survey_quantities(), no_double,
        [](const RunRecord& record) -> const std::vector<double>& { return record.survey; }, nothing));
  }
  return groups;
}

}  // namespace coalis::io
