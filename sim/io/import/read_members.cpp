// Rosters, and who works with whom.
#include <fmt/format.h>

#include <algorithm>

#include "coalis/core/counted.hpp"
#include "coalis/core/names.hpp"
#include "gathering.hpp"

namespace coalis::io {
namespace {

std::vector<std::string> cells_of(const SourceTable& table, std::initializer_list<Holds> columns) {
  std::vector<std::string> texts;
  for (const SourceRow& row : table.rows)
    for (const Holds holds : columns)
      if (const std::string& cell = table.cell(row, holds); is_like_date(cell)) texts.push_back(cell);
  return texts;
}

std::string month_of(const std::string& cell, DateOrder order) {
  const auto day = day_of(cell, order);
  if (day) return day->month_text();
  const bool year = cell.size() == 4 && cell.find_first_not_of("0123456789") == cell.npos && cell >= "1900" && cell < "2200";
  return year ? cell + "-01" : "";
}

void take(std::string& known, std::string said) {
  if (known.empty()) known = std::move(said);
}

}  // namespace

void read_roster(const SourceTable& table, Gathering& all, ImportedFile& file) {
  const DateOrder order = all.order_of(table, cells_of(table, {Holds::joined, Holds::left}));
  int no_date = 0;
  for (const SourceRow& row : table.rows) {
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
    take(organisation.sector, sector_of(table.cell(row, Holds::sector)).value_or(""));
    take(organisation.role, all.category(table.cell(row, Holds::role)));
    take(organisation.region, all.category(table.cell(row, Holds::region)));
    for (const auto& [holds, month] : {std::pair{Holds::joined, &organisation.joined}, {Holds::left, &organisation.left}}) {
      take(*month, month_of(table.cell(row, holds), order));
      no_date += month->empty() && !table.cell(row, holds).empty() && !is_no_organisation(table.cell(row, holds));
    }
  }
  if (no_date > 0)
    file.notes.push_back(fmt::format("{} of joining or leaving could not be read as a date", counted(no_date, "entry")));
}

void read_ties(const SourceTable& table, Shape shape, Gathering& all, ImportedFile& file) {
  std::set<std::pair<std::size_t, std::size_t>> ties;
  const auto tie = [&](const Who& a, const Who& b) {
    if (a.organisation && b.organisation && a.organisation != b.organisation)
      ties.insert({std::min(*a.organisation, *b.organisation), std::max(*a.organisation, *b.organisation)});
  };
  for (const SourceRow& row : table.rows) {
    const bool of_matrix = shape == Shape::tie_matrix;
    const Who who = of_matrix ? all.named(table, row, row.cell(0)) : all.who(table, row);
    if (!who.organisation) {
      file.left_out[who.reason].push_back(row.line);
      continue;
    }
    if (of_matrix) {
      for (std::size_t c = 1; c < table.names.size(); ++c)
        if (mark_of(row.cell(c)) == Mark::present) tie(who, all.named(table, row, table.names[c]));
    } else {
      const Who partner = all.named(table, row, table.cell(row, Holds::partner));
      if (!partner.organisation) {
        file.left_out["the partner: " + partner.reason].push_back(row.line);
        continue;
      }
      tie(who, partner);
    }
    ++file.used;
  }
  all.imported().ties += ties.size();
  file.notes.push_back(counted(ties.size(), "tie") + " between two organisations");
  all.imported().not_expressed.push_back(
      fmt::format("{}: who works with whom ({}). A scenario begins without ties; they grow from contacts.", table.file,
                  counted(ties.size(), "tie")));
}

}  // namespace coalis::io
