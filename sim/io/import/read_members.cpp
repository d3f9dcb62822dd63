// Rosters, and who works with whom.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "coalis/core/counted.hpp"
#include "coalis/core/names.hpp"
#include "coalis/core/number_text.hpp"
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

std::string numbers_said(std::string_view noun, const std::vector<int>& numbers) {
  constexpr std::size_t most = 10;
  std::string text(noun);
  text += numbers.size() == 1 ? " " : "s ";
  for (std::size_t i = 0; i < std::min(numbers.size(), most); ++i) text += (i > 0 ? ", " : "") + fmt::format("{}", numbers[i]);
  return text + (numbers.size() > most ? fmt::format(" and {} more", numbers.size() - most) : "");
}

// What could not be taken of rows that were used: lines.
struct Untaken {
  std::vector<int> dates, years, categories;
  std::map<std::string, std::vector<int>> sectors;  // by what stands there, if that can be shown
  void say(ImportedFile& file) const {
    const auto note = [&](const std::vector<int>& lines, const std::string& what) {
      if (!lines.empty())
        file.notes.push_back(fmt::format("{} {} ({})", counted(lines.size(), "entry"), what, lines_said(lines)));
    };
    note(dates, "of joining or leaving could not be read as a date");
    note(years, "of joining or leaving with a year alone: taken as its January");
    note(categories, "of field of work or region left out: too long, with digits, or of a person");
    for (const auto& [said, lines] : sectors)
      note(lines, fmt::format("of sector that {} none of nonprofit, public and for-profit{}: taken as not told",
                              lines.size() == 1 ? "is" : "are", said.empty() ? "" : ", '" + said + "'"));
  }
};

// The first that is told counts.
void take_row(const SourceTable& table, const SourceRow& row, DateOrder order, const Gathering& all,
              ImportedOrganisation& organisation, Untaken& untaken) {
  const std::string& field = table.cell(row, Holds::sector);
  const auto sector = sector_of(field);
  if (!sector && !is_no_organisation(field)) untaken.sectors[all.category(field)].push_back(row.line);
  take(organisation.sector, sector.value_or(""));
  for (const auto& [holds, category] : {std::pair{Holds::role, &organisation.role}, {Holds::region, &organisation.region}}) {
    const std::string& cell = table.cell(row, holds);
    const std::string told = all.category(cell);
    if (told.empty() && !is_no_organisation(cell)) untaken.categories.push_back(row.line);
    take(*category, told);
  }
  for (const auto& [holds, month] : {std::pair{Holds::joined, &organisation.joined}, {Holds::left, &organisation.left}}) {
    const std::string& cell = table.cell(row, holds);
    const std::string told = month_of(cell, order);
    if (told.empty() && !is_no_organisation(cell)) untaken.dates.push_back(row.line);
    if (is_year(cell)) untaken.years.push_back(row.line);
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
      strange_columns_ += !table.names[c].empty() && !columns_.back().organisation;
    }
  }

  // Why the row is left out; "" if it is used.
  std::string row(const SourceRow& row) {
    const bool headed = !of_matrix_ && table_.has(Holds::organisation);
    const Who who = headed ? all_.who(table_, row) : named(row, of_matrix_ ? row.cell(0) : table_.cell(row, Holds::name));
    if (!who.organisation) return who.reason;
    for (std::size_t c = 0; c < columns_.size(); ++c)
      if (const auto strength = strength_in(row.cell(c + 1)); !row.cell(c + 1).empty()) {
        const bool tied = strength ? *strength > 0 : mark_of(row.cell(c + 1)) == Mark::present;
        const bool strange = strength ? *strength < 0 : !mark_of(row.cell(c + 1));
        if (tied) tie(who, columns_[c], strength);
        if (strange) strange_cells_.push_back(row.line);
      }
    if (of_matrix_) return "";
    const int column = column_of_strengths();
    const std::string& cell = row.cell(column < 0 ? row.cells.size() : static_cast<std::size_t>(column));
    const auto strength = strength_in(cell);
    if (strength ? *strength == 0 : mark_of(cell) == Mark::absent) return "a tie of weight 0: they do not work together";
    if (strength && *strength < 0) return "a tie of a weight below 0";
    const Who partner = named(row, table_.cell(row, Holds::partner));
    if (!partner.organisation) return "the partner: " + partner.reason;
    if (!strength && !cell.empty()) strange_cells_.push_back(row.line);
    tie(who, partner, strength);
    return "";
  }

  void say(ImportedFile& file) const {
    file.notes.push_back(counted(ties_.size(), "tie") + " between two organisations");
    if (strange_columns_ > 0) file.notes.push_back(counted(strange_columns_, "column") + " headed by no organisation: not read");
    if (!strange_cells_.empty())
      file.notes.push_back(fmt::format("{} {} ({})", counted(strange_cells_.size(), "cell"),
                                       of_matrix_ ? "with neither a tie nor none: not read"
                                                  : "of strength with no number: the tie is taken, its strength is not",
                                       lines_said(strange_cells_)));
  }

  const std::set<std::pair<std::size_t, std::size_t>>& ties() const { return ties_; }
  // But where all are alike: then they tell only that there is a tie.
  std::map<std::pair<std::size_t, std::size_t>, double> strengths() const {
    const auto one = [&](const auto& tie) { return tie.second == 1; };
    return std::all_of(strengths_.begin(), strengths_.end(), one) ? decltype(strengths_){} : strengths_;
  }

 private:
  static std::optional<double> strength_in(std::string cell) {
    std::replace(cell.begin(), cell.end(), ',', '.');
    const auto number = decimal_number(cell);
    return number && std::isfinite(*number) ? number : std::nullopt;
  }
  Who named(const SourceRow& row, const std::string& name) {
    return of_organisations_ ? all_.named(table_, row, name) : all_.by_display_name(name);
  }
  int column_of_strengths() const {  // -1 without
    static const std::set<std::string> headings{"weight",    "strength",  "value",   "tie",    "tie strength", "strength of tie",
                                                "intensity", "frequency", "gewicht", "stärke", "peso",         "fuerza",
                                                "poids",     "force"};
    for (std::size_t c = 0; c < table_.names.size(); ++c)
      if (headings.contains(plain_words(table_.names[c]))) return static_cast<int>(c);
    return -1;
  }
  // Of a pair that is told twice the larger strength counts.
  void tie(const Who& a, const Who& b, std::optional<double> strength) {
    if (!a.organisation || !b.organisation || a.organisation == b.organisation) return;
    const std::pair pair{std::min(*a.organisation, *b.organisation), std::max(*a.organisation, *b.organisation)};
    ties_.insert(pair);
    if (strength) strengths_[pair] = std::max(strengths_[pair], *strength);
  }

  const SourceTable& table_;
  bool of_matrix_, of_organisations_ = false;
  Gathering& all_;
  std::vector<Who> columns_;  // but for the first
  int strange_columns_ = 0;
  std::vector<int> strange_cells_;  // lines
  std::set<std::pair<std::size_t, std::size_t>> ties_;
  std::map<std::pair<std::size_t, std::size_t>, double> strengths_;
};

}  // namespace

std::string lines_said(const std::vector<int>& lines) { return numbers_said("line", lines); }

std::string columns_said(const std::vector<std::size_t>& columns) {
  std::vector<int> numbers;
  for (const std::size_t c : columns) numbers.push_back(static_cast<int>(c) + 1);
  return numbers_said("column", numbers);
}

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
  for (const auto& [pair, strength] : reading.strengths()) {
    double& known = all.imported().strengths[pair];
    known = std::max(known, strength);
  }
  reading.say(file);
}

}  // namespace coalis::io
