// See recorded_runs.hpp. Rows are read in blocks, so that a file of many runs is read once and never whole.
#include "coalis/io/hdf5/recorded_runs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <functional>
#include <type_traits>

#include "coalis/network/outcomes.hpp"
#include "kept_outcomes.hpp"
#include "result_open.hpp"

namespace coalis {
namespace {

constexpr std::size_t block_bytes = std::size_t{1} << 18;  // of a variable

// A variable with a row a run, of `size` numbers each.
template <class T>
class KeptRows {
 public:
  KeptRows(hid_t file, std::string name, std::vector<hsize_t> shape) : file_(file), name_(std::move(name)), runs_(shape.front()) {
    h5::check_shape(file_, name_, shape);
    for (std::size_t axis = 1; axis < shape.size(); ++axis) size_ *= shape[axis];
  }
  const std::string& name() const { return name_; }
  std::span<const T> row(std::size_t at) {
    if (at < first_ || at >= first_ + count_) {
      first_ = at;
      count_ =
          std::min<std::size_t>(std::max<std::size_t>(1, block_bytes / std::max<std::size_t>(1, size_ * sizeof(T))), runs_ - at);
      values_ = h5::read_rows<T>(file_, name_, first_, count_);
    }
    return std::span<const T>(values_).subspan((at - first_) * size_, size_);
  }

 private:
  hid_t file_;
  std::string name_;
  std::size_t runs_, size_ = 1, first_ = 0, count_ = 0;
  std::vector<T> values_;
};

// Equal bits; whatever is missing is missing in both.
template <class T>
bool same(std::span<const T> a, std::span<const T> b) {
  using Bits = std::conditional_t<sizeof(T) == sizeof(std::uint64_t), std::uint64_t, std::uint32_t>;
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](T x, T y) {
           return std::bit_cast<Bits>(x) == std::bit_cast<Bits>(y) || (x != x && y != y);
         });
}

template <class T>
std::span<const T> part(const std::vector<T>& values, std::size_t index, std::size_t size) {
  return (index + 1) * size <= values.size() ? std::span<const T>(values).subspan(index * size, size) : std::span<const T>();
}

}  // namespace

struct RecordedRuns::File {
  using Check = std::function<bool(std::size_t row, const RunRecord&)>;  // the row is what the record has
  h5::Handle file;
  std::filesystem::path path;
  hsize_t runs = 0;
  Recording recording{false, false, false, false, false, false};
  bool further = false;
  std::vector<std::pair<std::string, Check>> checks;

  explicit File(const CheckedPath& checked) : file(io::open_hdf5(checked, io::result_kind)), path(checked.path) {
    runs = h5::length_of(file, "replicates/replicate");
    outcomes();
    survey();
    trajectories();
    organisations();
    ties();
    organisation_trajectories();
  }

  hsize_t length(const std::string& name) const { return h5::length_of(file, name); }

  // The variables of a group, one a quantity but for those from `lacks` to `until`, which the file does not have; the record
  // holds the quantities one after the other.
  template <class T>
  void columns(const std::string& group, const std::vector<Quantity>& quantities, const std::vector<hsize_t>& inner,
               const std::vector<T> RunRecord::*values, std::size_t lacks = 0, std::size_t until = 0) {
    std::vector<hsize_t> shape{runs};
    shape.insert(shape.end(), inner.begin(), inner.end());
    std::size_t size = 1;
    for (const hsize_t one : inner) size *= one;
    for (std::size_t q = 0; q < quantities.size(); ++q) {
      if (q >= lacks && q < until) continue;
      const auto rows = std::make_shared<KeptRows<T>>(file, group + "/" + quantities[q].name, shape);
      checks.emplace_back(rows->name(), [rows, values, q, size](std::size_t row, const RunRecord& record) {
        return same(rows->row(row), part(record.*values, q, size));
      });
    }
  }

  void outcomes() {
    const auto names = h5::dataset_names(h5::open_group(file, "outcomes"));
    further = h5::has_further(names);
    columns<double>("outcomes", outcomes_of(further), {}, &RunRecord::outcomes, h5::kept_outcomes(names),
                    outcome_quantities().size());
  }
  void survey() {
    if (!h5::has_group(file, "survey")) return;
    recording.survey = true;
    columns<double>("survey", survey_quantities(), {}, &RunRecord::survey);
    if (h5::has_group(file, "survey/respondents")) respondents();
  }
  void trajectories() {
    if (h5::has_group(file, "trajectories")) {
      recording.trajectories = true;
      columns<float>("trajectories", trajectory_quantities(), {length("trajectories/month")}, &RunRecord::trajectories);
    }
    if (!h5::has_group(file, "trajectories_by_region")) return;
    recording.regions = true;
    const hsize_t regions = h5::read_names(file, "trajectories_by_region/region").size();
    columns<float>("trajectories_by_region", region_trajectory_quantities(), {regions, length("trajectories_by_region/month")},
                   &RunRecord::region_trajectories);
  }
  void organisations() {
    if (!h5::has_group(file, "final")) return;
    recording.organisations = true;
    const hsize_t n = length("final/organisation");
    columns<float>("final", final_float_quantities(), {n}, &RunRecord::final_float);
    columns<std::int32_t>("final", final_integer_quantities(), {n}, &RunRecord::final_integer);
    if (!h5::has_group(file, "attendance")) return;
    const hsize_t kinds = h5::read_names(file, "attendance/kind").size();
    const auto rows = std::make_shared<KeptRows<std::int32_t>>(file, "attendance/attended", std::vector<hsize_t>{runs, kinds, n});
    checks.emplace_back(rows->name(), [rows](std::size_t row, const RunRecord& record) {
      constexpr std::int32_t most = 32767;  // stands for more
      std::vector<std::int32_t> attended = record.attended;
      for (auto& count : attended) count = std::min(count, most);
      return same(rows->row(row), std::span<const std::int32_t>(attended));
    });
  }
  void organisation_trajectories() {
    const std::string group = "organisation_trajectories";
    if (!h5::has_group(file, group)) return;
    recording.organisation_trajectories = true;
    columns<float>(group, organisation_trajectory_quantities(), {length(group + "/month"), length(group + "/organisation")},
                   &RunRecord::organisation_trajectories);
  }

  // Rows that are strung together: how many a run has, and the values of each.
  template <class T, class Value>
  void strung(const std::string& group, const std::string& dimension, const std::string& variable, Value value) {
    const auto start =
        std::make_shared<KeptRows<std::int64_t>>(file, group + "/" + dimension + "_start", std::vector<hsize_t>{runs});
    const auto count =
        std::make_shared<KeptRows<std::int32_t>>(file, group + "/" + dimension + "_count", std::vector<hsize_t>{runs});
    const std::string name = group + "/" + variable;
    checks.emplace_back(name, [this, start, count, name, value](std::size_t row, const RunRecord& record) {
      const std::vector<T> here = value(record);
      const std::int64_t first = start->row(row)[0];
      if (first < 0 || static_cast<std::size_t>(count->row(row)[0]) != here.size()) return false;
      const auto recorded = h5::read_rows<T>(file, name, static_cast<hsize_t>(first), here.size());
      return same(std::span<const T>(recorded), std::span<const T>(here));
    });
  }
  template <class T, class Item, class Member>
  static auto values_of(const std::vector<Item> RunRecord::*items, Member member) {
    return [items, member](const RunRecord& record) {
      std::vector<T> values;
      for (const Item& item : record.*items) values.push_back(static_cast<T>(item.*member));
      return values;
    };
  }
  void ties() {
    if (!h5::has_group(file, "ties")) return;
    recording.ties = true;
    const hsize_t regions = h5::read_names(file, "ties/region").size();
    columns<float>("ties", {{"region_strength", "", ""}}, {regions, regions}, &RunRecord::region_ties);
    strung<std::int32_t>("ties", "edge", "owner", values_of<std::int32_t>(&RunRecord::ties, &Tie::owner));
    strung<std::int32_t>("ties", "edge", "partner", values_of<std::int32_t>(&RunRecord::ties, &Tie::partner));
    strung<float>("ties", "edge", "strength", values_of<float>(&RunRecord::ties, &Tie::strength));
  }
  void respondents() {
    using R = Respondent;
    const std::string group = "survey/respondents";
    const auto add = [&](const char* name, auto member) {
      strung<std::int32_t>(group, "respondent", name, values_of<std::int32_t>(&RunRecord::respondents, member));
    };
    add("organisation", &R::organisation), add("sector", &R::sector), add("meetings", &R::meetings);
    add("outreach", &R::outreach), add("trainings", &R::trainings), add("cases", &R::cases), add("goal", &R::goal);
    add("leadership", &R::leadership), add("inside", &R::inside), add("outside", &R::outside);
  }
};

RecordedRuns::RecordedRuns(const CheckedPath& checked) try : file_(std::make_unique<File>(checked)) {
} catch (const h5::Error& error) {
  throw ResultError(fmt::format("{}: damaged: {}; copy it again or run the scenario again", checked.path.string(), error.what()));
}

RecordedRuns::~RecordedRuns() = default;

Recording RecordedRuns::recording() const { return file_->recording; }
bool RecordedRuns::further() const { return file_->further; }

std::vector<std::string> RecordedRuns::differences(std::size_t row, const RunRecord& record) try {
  std::vector<std::string> names;
  for (const auto& [name, is_same] : file_->checks)
    if (!is_same(row, record)) names.push_back(name);
  return names;
} catch (const h5::Error& error) {
  throw ResultError(fmt::format("{}: damaged: {}; copy it again or run the scenario again", file_->path.string(), error.what()));
}

}  // namespace coalis
