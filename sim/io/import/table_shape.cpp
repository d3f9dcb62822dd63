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
  return std::count_if(table.names.begin(), table.names.end(), [](const std::string& name) {
           return name.ends_with('?') || name.find("___") != name.npos || name.find("? ") != name.npos;
         }) >= 2;
}

// Members by dates; one date will do if nothing but marks stands below.
bool is_attendance_matrix(const SourceTable& table) {
  const std::vector<std::size_t> dates = table.date_columns();
  if (dates.empty()) return !table.numbered_columns().empty() && !table.has(Holds::date);
  if (dates.size() > 1) return true;
  const auto marked = [&](const SourceRow& row) {
    return row.cell(dates.front()).empty() || mark_of(row.cell(dates.front())).has_value();
  };
  return !table.has(Holds::date) && std::all_of(table.rows.begin(), table.rows.end(), marked) &&
         std::any_of(table.rows.begin(), table.rows.end(), [&](const auto& row) { return !row.cell(dates.front()).empty(); });
}

// Each organisation once: what comes again is no list of members.
bool all_differ(const SourceTable& table) {
  std::set<std::string> seen;
  return std::all_of(table.rows.begin(), table.rows.end(), [&](const SourceRow& row) {
    const std::string& name = table.cell(row, table.has(Holds::organisation) ? Holds::organisation : Holds::name);
    return name.empty() || seen.insert(plain_words(name)).second;
  });
}

// Neither dates nor times of persons: a list of members, or who came to one meeting.
Recognised list_of_names(const SourceTable& table) {
  const auto has = [&](Holds holds) { return table.has(holds); };
  const bool dated = !date_beside(table).empty(), persons = has(Holds::person) || has(Holds::email) || has(Holds::address);
  const bool membership = has(Holds::joined) || has(Holds::left) || is_about_members(table.said_about());
  if (dated && is_about_attendance(table.said_about())) return {Shape::sign_in};
  if (membership) return {Shape::roster};
  if (has(Holds::sector) || has(Holds::role) || has(Holds::region)) {
    if (!dated) return {Shape::roster};
    return persons ? Recognised{Shape::sign_in, false, Shape::roster} : Recognised{Shape::roster, false, Shape::sign_in};
  }
  if (dated) return {Shape::sign_in};
  return {Shape::roster, has(Holds::organisation) && !has(Holds::person) && !has(Holds::email), Shape::sign_in};
}

// "2024" of "Attendance 2024", if no other digits stand there.
std::string only_year(std::string_view text) {
  const auto first = text.find_first_of("0123456789"), last = text.find_last_of("0123456789");
  if (first == text.npos || last - first != 3) return "";
  const std::string year(text.substr(first, 4));
  return year.find_first_not_of("0123456789") == year.npos && (year.starts_with("19") || year.starts_with("20")) ? year : "";
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
  const bool of_members = has(Holds::sector) || has(Holds::role) || has(Holds::region);
  if (table.rows.empty()) {  // a sheet on which nobody signed, if it is of a day
    const bool sheet = who && !date_beside(table).empty() && !has(Holds::joined) && !has(Holds::left) && !has(Holds::date) &&
                       table.date_columns().empty() && !is_about_members(table.said_about());
    return {sheet ? Shape::sign_in : Shape::unknown};
  }
  if (is_tie_matrix(table)) return {Shape::tie_matrix};
  const bool of_program = has(Holds::metadata) && table.names.size() > 2;  // lists of members have numbers of records, too
  if (of_program && (!has(Holds::organisation) || !of_members || is_survey(table))) return {Shape::survey};
  if (is_attendance_matrix(table)) return {Shape::attendance_matrix};
  if (is_survey(table)) return {Shape::survey};
  const bool times = has(Holds::arrival) || has(Holds::departure) || has(Holds::duration);
  if (times && who && !has(Holds::date)) return {Shape::video_report};
  if (has(Holds::partner) && !of_members && !has(Holds::date)) return {Shape::ties};
  if (!who) return {has(Holds::date) ? Shape::calendar : Shape::unknown};
  if (!has(Holds::date) || has(Holds::joined)) return list_of_names(table);
  const bool of_events = has(Holds::event) || has(Holds::kind) || has(Holds::mark) || times;
  if (of_members && !of_events && all_differ(table)) return {Shape::roster, false, Shape::attendance_list};
  return {Shape::attendance_list};
}

// Of a sheet its own name says it, alone ("March 12, 2024") or with the year of the workbook's ("March"); else the file's name.
std::string date_in_name(const SourceTable& table) {
  const std::string_view sheet = table.sheet();
  std::string_view file = table.name();
  if (!sheet.empty()) file.remove_suffix(sheet.size() + 2);
  file = file.substr(0, std::min(file.rfind('.'), file.size()));
  if (sheet.empty()) return date_within(file);
  if (std::string date = date_within(sheet); !date.empty()) return date;
  const std::string year = only_year(file);
  if (std::string date = year.empty() ? "" : date_within(std::string(sheet) + " " + year); !date.empty()) return date;
  return is_about_members(sheet) ? "" : date_within(file);
}

std::string date_beside(const SourceTable& table) {
  for (const bool headed : {true, false})  // "Date:" before what else has a date
    for (const SourceRow& row : table.above) {
      const auto says_date = [](const std::string& cell) { return heading_of(cell).holds == Holds::date; };
      if (headed && std::none_of(row.cells.begin(), row.cells.end(), says_date)) continue;
      for (const std::string& cell : row.cells)
        if (std::string date = date_within(cell); !date.empty()) return date;
    }
  return date_in_name(table);
}

}  // namespace coalis::io
