// Organisations by name: a row each, what is left empty is drawn; and the ties between them.
#include "scenario_roster.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

#include "coalis/core/counted.hpp"
#include "coalis/core/month_text.hpp"
#include "coalis/core/names.hpp"
#include "coalis/core/number_text.hpp"
#include "coalis/model/roster.hpp"
#include "io/text/csv_field.hpp"
#include "io/text/csv_reader.hpp"
#include "scenario_reading.hpp"
#include "tree_lists.hpp"

namespace coalis::io {
namespace {

constexpr std::size_t most_problems = 20;  // of a table: no more than a screenful

// The table that the texts of a key hold, its cells in the order of the columns that are wanted; a column that is missing is
// empty.
class Rows {
 public:
  Rows(Reading& reading, const TableKey& key, std::span<const std::string_view> columns, std::size_t needed)
      : reading_(reading), before_(reading.diagnostics.size()) {
    const Entry* organisations = reading.root.find("organisations");
    const auto* table = organisations ? std::get_if<Table>(&organisations->node.value) : nullptr;
    entry_ = table ? table->find(key.rows) : nullptr;
    if (const Entry* named = table ? table->find(key.file) : nullptr)  // a file's is read by now
      reading.error(named->node.place, fmt::format("{} names a table here, where no file is read", key.file),
                    "name it in the scenario file");
    const Array* texts = entry_ ? texts_of(*entry_) : nullptr;
    if (!texts || texts->empty()) return;
    lines_ = texts;
    read(key, columns, needed);
  }

  bool given() const { return lines_ != nullptr; }
  std::size_t count() const { return given() ? csv_.rows.size() : 0; }
  const std::string& text(std::size_t row, std::size_t column) const {
    static const std::string none;
    return at_[column] < 0 ? none : csv_.rows[row][static_cast<std::size_t>(at_[column])].text;
  }
  Place place(std::size_t row, std::size_t column) const {
    return place_of(csv_.rows[row][static_cast<std::size_t>(std::max(at_[column], 0))]);
  }
  Place whole() const { return entry_ ? entry_->place : reading_.place("organisations", "members"); }
  // Whether enough has been said of the table.
  bool enough() const { return problems() >= most_problems; }
  bool right() const { return problems() == 0; }

 private:
  std::size_t problems() const {
    const auto& all = reading_.diagnostics;
    return static_cast<std::size_t>(std::count_if(all.begin() + static_cast<std::ptrdiff_t>(before_), all.end(),
                                                  [](const Diagnostic& d) { return !d.warning; }));
  }

  const Array* texts_of(const Entry& entry) {
    const auto* array = std::get_if<Array>(&entry.node.value);
    const auto is_text = [](const Node& node) { return std::holds_alternative<std::string>(node.value); };
    if (array && std::all_of(array->begin(), array->end(), is_text)) return array;
    reading_.error(entry.node.place, fmt::format("{} takes a list of texts", entry.key),
                   "write a row of the table in each, the first with the names of the columns");
    return nullptr;
  }

  void read(const TableKey& key, std::span<const std::string_view> columns, std::size_t needed) {
    std::string joined;
    for (const Node& line : *lines_) joined += std::get<std::string>(line.value) + "\n";
    std::vector<Diagnostic> problems;
    csv_ = parse_csv(joined, "", problems);
    for (Diagnostic& problem : problems)
      reading_.error(place_of({"", problem.line, problem.column}), std::move(problem.problem), std::move(problem.advice));
    at_.assign(columns.size(), -1);
    const std::vector<std::string> known(columns.begin(), columns.end());
    for (std::size_t c = 0; problems.empty() && c < csv_.names.size(); ++c) {
      const auto found = std::find(columns.begin(), columns.end(), csv_.names[c].text);
      if (found == columns.end())
        reading_.error(place_of(csv_.names[c]), fmt::format("unknown column '{}'", csv_.names[c].text),
                       choose_advice(csv_.names[c].text, known) + "; coalis import reads other tables");
      else
        at_[static_cast<std::size_t>(found - columns.begin())] = static_cast<int>(c);
    }
    for (std::size_t column = 0; right() && column < needed; ++column)
      if (at_[column] < 0)
        reading_.error(place_of({}), fmt::format("it is not {}: it has no column '{}'", key.what, columns[column]),
                       fmt::format("begin it with a line of the columns, {}", fmt::join(columns, ",")));
    if (right() && csv_.rows.empty())
      reading_.error(place_of({}), "it has no row", fmt::format("add one, or leave {} out", key.file));
    if (!right()) csv_.rows.clear();
  }

  // A line of the joined text is one of the texts, whose place says where it is from.
  Place place_of(const CsvCell& cell) const {
    const auto line = static_cast<std::size_t>(std::max(cell.line, 1)) - 1;
    Place place = (*lines_)[std::min(line, lines_->size() - 1)].place;
    place.column += cell.column;
    return place;
  }

  Reading& reading_;
  const std::size_t before_;
  const Entry* entry_ = nullptr;
  const Array* lines_ = nullptr;
  CsvText csv_;
  std::vector<int> at_;  // [wanted column] where it stands; -1: nowhere
};

enum RosterColumn : std::size_t { at_name, at_sector, at_role, at_region, at_joined, at_left };
enum TieColumn : std::size_t { at_source, at_target, at_weight };

// A text that a spreadsheet would compute stands behind an apostrophe.
std::string without_apostrophe(const std::string& text) {
  return text.starts_with('\'') && is_like_formula(std::string_view(text).substr(1)) ? text.substr(1) : text;
}

class RosterReading {
 public:
  explicit RosterReading(Reading& reading) : reading_(reading), rows_(reading, roster_key, roster_columns, 1) {}

  void read() {
    std::vector<Member> roster;
    for (std::size_t row = 0; row < rows_.count() && !rows_.enough(); ++row) roster.push_back(member(row));
    if (!rows_.given() || !rows_.right()) return;
    const std::vector<int> place_of = put_in_order(roster);
    reading_.member_places.resize(roster.size());
    for (std::size_t row = 0; row < roster.size(); ++row)
      reading_.member_places[static_cast<std::size_t>(place_of[row])] = rows_.place(row, at_name);
    reading_.scenario.organisations.roster = std::move(roster);
    reading_.roster_place = rows_.whole();
    count_sectors();
  }

 private:
  Member member(std::size_t row) {
    Member member;
    member.name = name_of(row);
    const auto& s = reading_.scenario;
    if (const std::string& text = rows_.text(row, at_sector); !text.empty()) member.sector = sector_of(row, text);
    member.role = listed(row, at_role, "roles", s.roles);
    member.region = listed(row, at_region, "regions", s.regions);
    if (!reading_.dated) return member;
    const auto entry = month(row, at_joined), exit = month(row, at_left);
    if (entry) {
      member.joined = std::clamp(*entry, 0, s.calendar.months);
      if (*entry >= s.calendar.months)
        reading_.warn(rows_.place(row, at_joined), fmt::format("'{}' joins after the end of the calendar", member.name),
                      "it is never a member in the run; look whether the year is right");
    }
    if (exit) member.left = std::min(*exit, s.calendar.months);
    if (exit && entry && *exit <= *entry)
      error(row, at_left, fmt::format("'{}' leaves before it has been a member", member.name),
            "'left' is the first month without it: write one after 'joined', or leave one of them empty");
    else if (exit && *exit <= 0)
      error(row, at_left, fmt::format("'{}' left before the calendar begins", member.name), "leave its row out");
    return member;
  }

  std::string name_of(std::size_t row) {
    const std::string& text = rows_.text(row, at_name);
    std::string told = without_apostrophe(text);
    if (text.empty()) {
      error(row, at_name, "an organisation without a name", "write one, or leave the row out");
    } else if (const std::string problem = blank_problem(text); !problem.empty()) {
      error(row, at_name, fmt::format("the name '{}' {}", text, problem), "write plain spaces, between words only");
    } else if (is_like_formula(text)) {
      error(row, at_name, fmt::format("'{}' is a formula to a spreadsheet", text),
            "write its value; of a name, an apostrophe before it");
    } else if (name_key(told).starts_with("non-member ")) {
      error(row, at_name, fmt::format("'{}' is what organisations that are no members are called", told), "write another name");
    } else if (const auto [other, is_new] = seen_.try_emplace(name_key(told), row); !is_new) {
      const std::string& first = rows_.text(other->second, at_name);
      const std::string place = place_text(rows_.place(other->second, at_name));
      if (first == text)
        error(row, at_name, fmt::format("the organisation '{}' is there twice ({})", text, place), "leave one row out");
      else
        error(row, at_name,
              fmt::format("'{}' and '{}' ({}) are one name where letter case, '/' beside '_', spaces and how letters are made up "
                          "do not count",
                          text, first, place),
              "leave one row out if one is meant, else rename one");
    }
    return told;
  }

  int sector_of(std::size_t row, const std::string& text) {
    const auto found = std::find(sector_names.begin(), sector_names.end(), text);
    if (found != sector_names.end()) return static_cast<int>(found - sector_names.begin());
    error(row, at_sector, fmt::format("there is no sector '{}'", text),
          choose_advice(text, std::vector<std::string>(sector_names.begin(), sector_names.end())) + ", or leave the field empty");
    return -1;
  }

  template <class Named>
  int listed(std::size_t row, RosterColumn column, std::string_view list, const std::vector<Named>& items) {
    const std::string& text = rows_.text(row, column);
    if (text.empty()) return -1;
    const std::string told = without_apostrophe(text);
    const NameIndex& index = reading_.index(list, items);
    if (const auto found = index.find(told)) return *found;
    reading_.no_such(rows_.place(row, column), fmt::format("there is no {} '{}'", roster_columns[column], told), list, told,
                     index.names());
    return -1;
  }

  // From the start of the calendar, which it may precede.
  std::optional<int> month(std::size_t row, RosterColumn column) {
    const std::string& text = rows_.text(row, column);
    if (text.empty()) return std::nullopt;
    if (is_month(text)) return *parse_date(text) - *parse_date(reading_.scenario.calendar.start);
    error(row, column, fmt::format("'{}' is no month", text), "write it as YYYY-MM, or leave the field empty");
    return std::nullopt;
  }

  // organisations.members: what is given, or what the roster has, those unknown shared out as the others are.
  void count_sectors() {
    Organisations& organisations = reading_.scenario.organisations;
    std::array<int, sectors> known{};
    for (const Member& member : organisations.roster)
      if (member.sector >= 0) ++known[static_cast<std::size_t>(member.sector)];
    const int told = std::accumulate(known.begin(), known.end(), 0), all = static_cast<int>(organisations.roster.size());
    if (reading_.members_given) return compare_members(known, all);
    if (told == 0)
      return reading_.error(rows_.whole(), "the roster knows no sector, and 'members' is missing in [organisations]",
                            "add members = { nonprofit = ..., public = ..., for_profit = ... }, or a column 'sector'");
    organisations.members = known;
    std::array<std::pair<double, std::size_t>, sectors> rests;
    int left_over = all - told;
    for (std::size_t s = 0; s < sectors; ++s) {
      const double share = static_cast<double>(known[s]) * (all - told) / told;
      organisations.members[s] += static_cast<int>(std::floor(share));
      left_over -= static_cast<int>(std::floor(share));
      rests[s] = {std::floor(share) - share, s};
    }
    std::sort(rests.begin(), rests.end());
    for (std::size_t k = 0; left_over > 0; --left_over, ++k) ++organisations.members[rests[k % sectors].second];
  }

  void compare_members(const std::array<int, sectors>& known, int all) {
    const Organisations& organisations = reading_.scenario.organisations;
    const Place place = reading_.place("organisations", "members");
    const std::string advice = "leave 'members' out: the roster says how many there are";
    if (organisations.member_count() != all)
      return reading_.error(place, fmt::format("members add up to {}, the roster has {}", organisations.member_count(), all),
                            advice);
    for (std::size_t s = 0; s < sectors; ++s)
      if (known[s] > organisations.members[s])
        reading_.error(place,
                       fmt::format("the roster has {} of the sector {}, members say {}", known[s], sector_names[s],
                                   organisations.members[s]),
                       advice);
  }

  void error(std::size_t row, std::size_t column, std::string problem, std::string advice) {
    reading_.error(rows_.place(row, column), std::move(problem), std::move(advice));
  }

  Reading& reading_;
  Rows rows_;
  std::map<std::string, std::size_t> seen_;  // rows by what names are told apart by
};

class TiesReading {
 public:
  explicit TiesReading(Reading& reading) : reading_(reading), rows_(reading, ties_key, tie_columns, 2) {
    for (const Member& member : reading.scenario.organisations.roster) {
      places_.emplace(name_key(member.name), static_cast<int>(names_.size()));
      names_.push_back(member.name);
    }
  }

  void read() {
    if (!rows_.given()) return;
    if (names_.empty()) {
      if (rows_.right() && !reading_.roster_failed)
        reading_.error(rows_.whole(), "there are ties and no roster", "name a table of organisations: file = \"members.csv\"");
      return;
    }
    std::map<std::pair<int, int>, double> strengths;
    for (std::size_t row = 0; row < rows_.count() && !rows_.enough(); ++row) {
      const int a = organisation(row, at_source), b = organisation(row, at_target);
      const auto strength = strength_of(row);
      if (a < 0 || b < 0 || !strength) continue;
      if (a == b) {
        reading_.error(rows_.place(row, at_target), fmt::format("a tie of '{}' with itself", rows_.text(row, at_target)),
                       "leave the row out");
        continue;
      }
      double& kept = strengths.try_emplace(std::minmax(a, b), *strength).first->second;
      kept = std::max(kept, *strength);
    }
    for (const auto& [pair, strength] : strengths)
      reading_.scenario.organisations.ties.push_back({pair.first, pair.second, strength});
    warn_of_many();
  }

 private:
  int organisation(std::size_t row, TieColumn column) {
    const std::string name = without_apostrophe(rows_.text(row, column));
    const auto found = places_.find(name_key(name));
    if (found != places_.end()) return found->second;
    const std::string near = nearest(name, names_);
    reading_.error(rows_.place(row, column), fmt::format("the roster has no organisation '{}'", name),
                   near.empty() ? "write it as in the roster, or add it there" : fmt::format("did you mean '{}'?", near));
    return -1;
  }

  // -1: not said; nothing: wrong.
  std::optional<double> strength_of(std::size_t row) {
    const std::string& text = rows_.text(row, at_weight);
    if (text.empty()) return -1.0;
    const auto value = decimal_number(text);
    if (value && *value > 0 && *value <= 1) return value;
    reading_.error(rows_.place(row, at_weight), fmt::format("the weight of a tie is above 0 and at most 1, not '{}'", text),
                   "write such a number, or leave the field empty: the tie is then as one contact makes it");
    return std::nullopt;
  }

  void warn_of_many() {
    std::vector<int> count(names_.size());
    for (const KnownTie& tie : reading_.scenario.organisations.ties)
      ++count[static_cast<std::size_t>(tie.a)], ++count[static_cast<std::size_t>(tie.b)];
    const int slots = reading_.scenario.parameters.slots;
    const auto many = std::count_if(count.begin(), count.end(), [&](int ties) { return ties > slots; });
    if (many == 0) return;
    const auto most = std::max_element(count.begin(), count.end());
    reading_.warn(rows_.whole(),
                  fmt::format("{} more ties than the {} that one has in the model (parameters.K); '{}' has {}",
                              many == 1 ? "1 organisation has" : fmt::format("{} organisations have", many), slots,
                              names_[static_cast<std::size_t>(most - count.begin())], *most),
                  "the strongest of each are there at the start");
  }

  Reading& reading_;
  Rows rows_;
  std::vector<std::string> names_;
  std::map<std::string, int> places_;
};

}  // namespace

void read_roster(Reading& reading) {
  const std::size_t before = reading.diagnostics.size();
  RosterReading(reading).read();
  reading.roster_failed = std::any_of(reading.diagnostics.begin() + static_cast<std::ptrdiff_t>(before),
                                      reading.diagnostics.end(), [](const Diagnostic& d) { return !d.warning; });
}

void read_ties(Reading& reading) { TiesReading(reading).read(); }

}  // namespace coalis::io
