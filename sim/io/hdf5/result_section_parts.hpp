// What the sections of a result file are made of: dimensions, columns, a row a replicate.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "result_sections.hpp"

namespace coalis::io {

using h5::Dimension;
using h5::no_double;
using h5::no_float;
using h5::Rows;

std::vector<std::int32_t> numbers(int count);

// A variable of integers, as narrow as holds least..most; numbers beyond are cut off.
class Integers {
 public:
  Integers(hid_t group, const Quantity& what, const std::vector<const Dimension*>& dimensions, int least, int most)
      : rows_(make(group, what, dimensions, least, most)) {}
  void append(std::span<const std::int32_t> values) {
    std::visit([&](auto& rows) { rows.append_narrowed(values); }, rows_);
  }
  void flush() {
    std::visit([](auto& rows) { rows.flush(); }, rows_);
  }
  // CF: what the numbers 0, 1, ... stand for; flag_values have the variable's type.
  void write_flags(const std::string& meanings, int count) {
    std::visit(
        [&]<class T>(const Rows<T>& rows) {
          std::vector<T> values(static_cast<std::size_t>(count));
          std::iota(values.begin(), values.end(), T{0});
          h5::write_attribute(rows.dataset(), "flag_values", std::span<const T>(values));
          h5::write_attribute(rows.dataset(), "flag_meanings", meanings);
        },
        rows_);
  }

 private:
  using Any = std::variant<Rows<std::int8_t>, Rows<std::int16_t>, Rows<std::int32_t>>;

  template <class T>
  static bool holds(int least, int most) {
    return least >= std::numeric_limits<T>::min() && most <= std::numeric_limits<T>::max();
  }
  static Any make(hid_t group, const Quantity& what, const std::vector<const Dimension*>& dimensions, int least, int most) {
    if (holds<std::int8_t>(least, most)) return Rows<std::int8_t>(group, what, dimensions, {});
    if (holds<std::int16_t>(least, most)) return Rows<std::int16_t>(group, what, dimensions, {});
    return Rows<std::int32_t>(group, what, dimensions, {});
  }

  Any rows_;
};

template <class T>
std::vector<std::string> names_of(const std::vector<T>& things) {
  std::vector<std::string> names;
  for (const auto& thing : things) names.push_back(thing.name);
  return names;
}

Dimension region_dimension(hid_t group, const Scenario& scenario);
Dimension kind_dimension(hid_t group, const Scenario& scenario);
Dimension sector_dimension(hid_t group);
Dimension organisation_dimension(hid_t group, const Scenario& scenario);

std::size_t column_of(const std::vector<Quantity>& quantities, std::string_view name);

// A group with a row a replicate.
class ByReplicate : public Section {
 public:
  void append(const RunRecord& record) final {
    replicates_.append(record.replicate);
    append_row(record);
  }
  void finish(const Loop& loop) final {
    replicates_.flush();
    finish_rows(loop);
  }

 protected:
  ByReplicate(hid_t parent, const std::string& name, const std::string& title, std::size_t expected)
      : group_(h5::create_group(parent, name)),
        replicate_(Dimension::growing_with_coordinates(group_, {"replicate", "1", "number of the replicate"}, expected)),
        replicates_(replicate_) {
    h5::write_attribute(group_, "title", title);
  }
  virtual void append_row(const RunRecord& record) = 0;
  virtual void finish_rows(const Loop& loop) = 0;

  h5::Handle group_;
  Dimension replicate_;

 private:
  Rows<std::uint32_t> replicates_;
};

// A variable a quantity; the record holds the quantities one after the other.
template <class T>
class Columns {
 public:
  Columns(hid_t group, const std::vector<Quantity>& quantities, const std::vector<const Dimension*>& dimensions,
          std::optional<T> missing) {
    rows_.reserve(quantities.size());
    for (const auto& quantity : quantities) rows_.emplace_back(group, quantity, dimensions, missing);
  }
  void append(std::span<const T> values) {
    const std::size_t size = rows_.empty() ? 0 : values.size() / rows_.size();
    for (std::size_t i = 0; i < rows_.size(); ++i) rows_[i].append(values.subspan(i * size, size));
  }
  void flush() {
    for (auto& rows : rows_) rows.flush();
  }
  std::vector<hid_t> datasets() const {
    std::vector<hid_t> ids;
    for (const auto& rows : rows_) ids.push_back(rows.dataset());
    return ids;
  }
  hid_t dataset(std::size_t i) const { return rows_[i].dataset(); }

 private:
  std::vector<Rows<T>> rows_;
};

// The sections of organisations (result_organisations.cpp).
std::unique_ptr<Section> make_attendance(hid_t file, const Scenario& scenario, std::size_t expected);
std::unique_ptr<Section> make_final(hid_t file, const Scenario& scenario, std::size_t expected);
std::unique_ptr<Section> make_organisation_trajectories(hid_t file, const Scenario& scenario, std::size_t expected);

// Those with as many rows as a replicate has ties or answers (result_ragged.cpp).
std::unique_ptr<Section> make_ties(hid_t file, const Scenario& scenario, std::size_t expected);
// The survey's figures, then its answers in a group of theirs.
void add_survey(hid_t file, std::size_t expected, std::vector<std::unique_ptr<Section>>& sections);

// A group with nothing but a variable a quantity, as a part of the record has them.
template <class T>
class RecordedColumns final : public ByReplicate {
 public:
  RecordedColumns(hid_t parent, const std::string& name, const std::string& title, std::size_t expected,
                  const std::vector<Quantity>& quantities, T missing, std::vector<T> RunRecord::*part)
      : ByReplicate(parent, name, title, expected), part_(part), columns_(group_, quantities, {&replicate_}, missing) {}
  hid_t group() const { return group_; }

 private:
  void append_row(const RunRecord& record) override { columns_.append(record.*part_); }
  void finish_rows(const Loop&) override { columns_.flush(); }
  std::vector<T> RunRecord::*part_;
  Columns<T> columns_;
};

}  // namespace coalis::io
