// Rosters, and who works with whom.
#include <fmt/format.h>

#include <algorithm>

#include "coalis/core/counted.hpp"
#include "coalis/core/names.hpp"
#include "gathering.hpp"

namespace coalis::io {
namespace {

bool is_year(const std::string& cell) {
  return cell.size() == 4 && cell.find_first_not_of("0123456789") == cell.npos && cell >= "1900" && cell < "2200";
}

std::string month_of(const std::string& cell, DateOrder order) {
  const auto day = day_of(cell, order);
  if (day) return day->month_text();
  return is_year(cell) ? cell + "-01" : "";
}

void take(std::string& known, std::string said) {
  if (known.empty()) known = std::move(said);
}

// What could not be taken of rows that were used.
struct Untaken {
  int dates = 0, years = 0, categories = 0;
  void say(ImportedFile& file) const {
    if (dates > 0)
      file.notes.push_back(fmt::format("{} of joining or leaving could not be read as a date", counted(dates, "entry")));
    if (years > 0)
      file.notes.push_back(
          fmt::format("{} of joining or leaving with a year alone: taken as its January", counted(years, "entry")));
    if (categories > 0)
      file.notes.push_back(fmt::format("{} of field of work or region left out: too long, with digits, or of a person",
                                       counted(categories, "entry")));
  }
};

// The first that is told counts.
void take_row(const SourceTable& table, const SourceRow& row, DateOrder order, const Gathering& all,
              ImportedOrganisation& organisation, Untaken& untaken) {
  take(organisation.sector, sector_of(table.cell(row, Holds::sector)).value_or(""));
  for (const auto& [holds, category] : {std::pair{Holds::role, &organisation.role}, {Holds::region, &organisation.region}}) {
    const std::string& cell = table.cell(row, holds);
    const std::string told = all.category(cell);
    untaken.categories += told.empty() && !is_no_organisation(cell);
    take(*category, told);
  }
  for (const auto& [holds, month] : {std::pair{Holds::joined, &organisation.joined}, {Holds::left, &organisation.left}}) {
    const std::string& cell = table.cell(row, holds);
    const std::string told = month_of(cell, order);
    untaken.dates += told.empty() && !is_no_organisation(cell);
    untaken.years += is_year(cell);
    take(*month, told);
  }
}

// Who works with whom: two columns of names, or a table headed by its own rows.
class TiesReading {
 public:
  TiesReading(const SourceTable& table, bool of_matrix, Gathering& all) : table_(table), of_matrix_(of_matrix), all_(all) {
    std::vector<std::string> names;
    for (const SourceRow& row : table.rows)
      for (const std::string& name : {of_matrix ? row.cell(0) : table.cell(row, Holds::name), table.cell(row, Holds::partner)})
        if (!is_no_organisation(name)) names.push_back(name);
    const bool said = of_matrix ? table.column(Holds::organisation) == 0 : table.has(Holds::organisation);
    const auto known = [&](const std::string& name) { return all_.by_display_name(name).organisation.has_value(); };
    of_organisations_ = said || std::all_of(names.begin(), names.end(), known) || all_.names_are_organisations(table);
    for (std::size_t c = 1; of_matrix && c < table.names.size(); ++c) {
      columns_.push_back(named(SourceRow{}, table.names[c]));
      strange_ += !table.names[c].empty() && !columns_.back().organisation;
    }
  }

  // Why the row is left out; "" if it is used.
  std::string row(const SourceRow& row) {
    const bool headed = !of_matrix_ && table_.has(Holds::organisation);
    const Who who = headed ? all_.who(table_, row) : named(row, of_matrix_ ? row.cell(0) : table_.cell(row, Holds::name));
    if (!who.organisation) return who.reason;
    for (std::size_t c = 0; c < columns_.size(); ++c)
      if (mark_of(row.cell(c + 1)) == Mark::present) tie(who, columns_[c]);
    if (of_matrix_) return "";
    if (says_none(row)) return "a tie of weight 0: they do not work together";
    const Who partner = named(row, table_.cell(row, Holds::partner));
    if (!partner.organisation) return "the partner: " + partner.reason;
    tie(who, partner);
    return "";
  }

  const std::set<std::pair<std::size_t, std::size_t>>& ties() const { return ties_; }
  int strange_columns() const { return strange_; }

 private:
  Who named(const SourceRow& row, const std::string& name) {
    return of_organisations_ ? all_.named(table_, row, name) : all_.by_display_name(name);
  }
  // By a column of weights.
  bool says_none(const SourceRow& row) const {
    static const std::set<std::string> headings{"weight", "strength", "value", "tie", "frequency", "gewicht", "peso", "poids"};
    for (std::size_t c = 0; c < table_.names.size(); ++c)
      if (headings.contains(plain_words(table_.names[c])) && mark_of(row.cell(c)) == Mark::absent) return true;
    return false;
  }
  void tie(const Who& a, const Who& b) {
    if (a.organisation && b.organisation && a.organisation != b.organisation)
      ties_.insert({std::min(*a.organisation, *b.organisation), std::max(*a.organisation, *b.organisation)});
  }

  const SourceTable& table_;
  bool of_matrix_, of_organisations_ = false;
  Gathering& all_;
  std::vector<Who> columns_;  // but for the first
  int strange_ = 0;
  std::set<std::pair<std::size_t, std::size_t>> ties_;
};

}  // namespace

void read_roster(const SourceTable& table, Gathering& all, ImportedFile& file) {
  const DateOrder order = all.order_of(table, table.date_cells({Holds::joined, Holds::left}));
  Untaken untaken;
  for (const SourceRow& row : table.rows) {
    if (is_no_member(table.cell(row, Holds::status))) {
      file.left_out["its status says that it is no member"].push_back(row.line);
      continue;
    }
    const Who who = all.who(table, row);
    if (!who.organisation) {
      file.left_out[who.reason].push_back(row.line);
      continue;
    }
    all.learn_domain(table, row, *who.organisation);
    ImportedOrganisation& organisation = all.imported().organisations[*who.organisation];
    if (organisation.listed)
      file.left_out["an organisation that was listed already; only what was missing is taken"].push_back(row.line);
    else
      ++file.used;
    organisation.listed = true;
    take_row(table, row, order, all, organisation, untaken);
  }
  untaken.say(file);
}

void read_ties(const SourceTable& table, Shape shape, Gathering& all, ImportedFile& file) {
  TiesReading reading(table, shape == Shape::tie_matrix, all);
  for (const SourceRow& row : table.rows)
    if (const std::string reason = reading.row(row); reason.empty())
      ++file.used;
    else
      file.left_out[reason].push_back(row.line);
  all.imported().ties.insert(reading.ties().begin(), reading.ties().end());
  file.notes.push_back(counted(reading.ties().size(), "tie") + " between two organisations");
  if (reading.strange_columns() > 0)
    file.notes.push_back(counted(reading.strange_columns(), "column") + " headed by no organisation: not read");
}

}  // namespace coalis::io
