// See table_shape.hpp.
#include "table_shape.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "table_dates.hpp"

namespace coalis::io {
namespace {

constexpr std::array<std::pair<Shape, std::string_view>, 10> shape_names{{{Shape::roster, "roster"},
                                                                          {Shape::attendance_matrix, "attendance matrix"},
                                                                          {Shape::attendance_list, "attendance list"},
                                                                          {Shape::sign_in, "sign-in sheet"},
                                                                          {Shape::video_report, "video report"},
                                                                          {Shape::calendar, "calendar"},
                                                                          {Shape::survey, "survey"},
                                                                          {Shape::ties, "ties"},
                                                                          {Shape::tie_matrix, "matrix of ties"},
                                                                          {Shape::unknown, "unknown"}}};

// Its columns are named as its rows are.
bool is_tie_matrix(const SourceTable& table) {
  if (table.names.size() < 4 || table.rows.size() < 3) return false;
  std::set<std::string> rows;
  for (const SourceRow& row : table.rows) rows.insert(plain_words(row.cell(0)));
  const auto known = std::count_if(table.names.begin() + 1, table.names.end(),
                                   [&](const std::string& name) { return !name.empty() && rows.contains(plain_words(name)); });
  return static_cast<std::size_t>(known) * 10 >= (table.names.size() - 1) * 7;
}

bool is_survey(const SourceTable& table) {
  const auto metadata = std::count(table.columns.begin(), table.columns.end(), Holds::metadata);
  const auto questions = std::count_if(table.names.begin(), table.names.end(), [](const std::string& name) {
    return name.ends_with('?') || name.find("___") != name.npos || name.find("? ") != name.npos;
  });
  return (metadata >= 1 && table.names.size() > 2) || questions >= 2;
}

std::string_view name_of_file(const SourceTable& table) {
  const std::string_view path = table.file;
  return path.substr(std::min(path.rfind('/') + 1, path.size()));
}

}  // namespace

std::string_view shape_name(Shape shape) {
  for (const auto& [one, name] : shape_names)
    if (one == shape) return name;
  return "unknown";
}

std::optional<Shape> shape_named(std::string_view name) {
  for (const auto& [shape, one] : shape_names)
    if (one == name && shape != Shape::unknown) return shape;
  return std::nullopt;
}

Recognised recognised(const SourceTable& table) {
  const auto has = [&](Holds holds) { return table.has(holds); };
  const bool who = has(Holds::organisation) || has(Holds::name) || has(Holds::person) || has(Holds::email);
  if (table.rows.empty()) return {};
  if (is_tie_matrix(table)) return {Shape::tie_matrix};
  if ((has(Holds::arrival) || has(Holds::departure) || has(Holds::duration)) && who && !has(Holds::metadata))
    return {Shape::video_report};
  if (table.date_columns().size() >= 2) return {Shape::attendance_matrix};
  if (is_survey(table)) return {Shape::survey};
  if (has(Holds::partner) && (has(Holds::organisation) || has(Holds::name))) return {Shape::ties};
  if (!who) return {has(Holds::date) ? Shape::calendar : Shape::unknown};
  const bool of_members = has(Holds::sector) || has(Holds::role) || has(Holds::region) || has(Holds::joined) || has(Holds::left);
  if (has(Holds::date) && !has(Holds::joined)) return {Shape::attendance_list};
  std::string said(name_of_file(table));
  for (const SourceRow& row : table.above)
    for (const std::string& cell : row.cells) said += " " + cell;
  if (is_about_attendance(said) && !date_beside(table).empty()) return {Shape::sign_in};
  if (of_members) return {Shape::roster};
  if (!date_beside(table).empty()) return {Shape::sign_in};
  return {Shape::roster, has(Holds::organisation) && !has(Holds::person) && !has(Holds::email)};
}

std::string date_beside(const SourceTable& table) {
  for (const SourceRow& row : table.above)
    for (const std::string& cell : row.cells)
      if (const std::string date = date_within(cell); !date.empty()) return date;
  for (const SourceRow& row : table.above)  // the row under a row of headings: a report's summary
    for (const std::string& cell : row.cells)
      if (is_like_date(cell)) return cell;
  std::string_view name = name_of_file(table);
  return date_within(name.substr(0, std::min(name.rfind('.'), name.size())));
}

}  // namespace coalis::io
