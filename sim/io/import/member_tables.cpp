// See member_tables.hpp.
#include "member_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "coalis/core/counted.hpp"
#include "coalis/core/month_text.hpp"
#include "coalis/core/names.hpp"
#include "coalis/io/import/import_files.hpp"
#include "io/scenario/value_text.hpp"
#include "io/text/csv_field.hpp"

namespace coalis::io {
namespace {

std::string text_at(const std::map<std::string, std::string>& names, const std::string& key) {
  const auto found = names.find(key);
  return found == names.end() ? "" : found->second;
}

// "3 organisations (A, B, C)"; of many the first.
std::string named_organisations(const std::vector<std::string>& names) {
  constexpr std::size_t most = 5;
  std::string list;
  for (std::size_t i = 0; i < std::min(names.size(), most); ++i) list += (i > 0 ? ", " : "") + names[i];
  return fmt::format("{} ({}{})", counted(names.size(), "organisation"), list, names.size() > most ? " and others" : "");
}

// Of a tie the weight in the scenario: a share of the greatest strength, unless none is above 1.
std::string weight_text(double strength, double greatest) {
  constexpr double least = 0.0001;
  return fmt::format("{:.4f}", std::max(least, greatest > 1 ? strength / greatest : strength));
}

// Key, and rows of a table as texts.
std::string rows_text(const char* key, std::string_view table) {
  std::string text = fmt::format("{} = [\n", key);
  while (!table.empty()) {
    const auto end = table.find('\n');
    text += fmt::format("  {},\n", toml_string(table.substr(0, end)));
    table.remove_prefix(end + 1);
  }
  return text + "]\n";
}

}  // namespace

std::map<const ImportedOrganisation*, std::string> names_in_roster(const Members& members) {
  std::map<const ImportedOrganisation*, std::string> names;
  std::set<std::string> taken;
  for (const ImportedOrganisation* member : members) {
    const std::string said = name_key(member->name).starts_with("non-member ") ? "The " + member->name : member->name;
    std::string name = said;
    for (int times = 2; !taken.insert(name_key(name)).second; ++times) name = fmt::format("{} ({})", said, times);
    names[member] = name;
  }
  return names;
}

MemberTables member_tables(const Imported& imported, const Members& members, const std::string& start,
                           const std::map<std::string, std::string>& regions, const std::map<std::string, std::string>& roles,
                           std::vector<std::string>& assumed) {
  const auto names = names_in_roster(members);
  MemberTables tables{"name,sector,role,region,joined,left\n", "", ""};
  int contradicted = 0, leaving = 0;
  for (const ImportedOrganisation* member : members) {
    std::string left;
    if (!member->left.empty() && member->left < member->joined)
      ++contradicted;
    else if (!member->left.empty())
      ++leaving, left = coalis::month_text(start, month_number(member->left) - month_number(start) + 1);
    tables.members +=
        fmt::format("{},{},{},{},{},{}\n", csv_field(names.at(member)), member->sector, csv_field(text_at(roles, member->role)),
                    csv_field(text_at(regions, member->region)), member->joined, left);
  }
  if (leaving > 0)
    assumed.push_back(fmt::format("{} left later: {} to the end of that month.", counted(leaving, "member"),
                                  leaving == 1 ? "a member" : "members"));
  if (contradicted > 0)
    assumed.push_back(fmt::format("{} left before joining, by the table: when they left is taken for unknown.",
                                  counted(contradicted, "member")));
  std::size_t outside = 0, untold = 0;
  double greatest = 0;
  for (const auto& [pair, strength] : imported.strengths) greatest = std::max(greatest, strength);
  for (const auto& [a, b] : imported.ties) {
    const auto one = names.find(&imported.organisations[a]), other = names.find(&imported.organisations[b]);
    if (one == names.end() || other == names.end()) {
      ++outside;
      continue;
    }
    if (tables.ties.empty()) tables.ties = "source,target,weight\n";
    const auto strength = imported.strengths.find({a, b});
    const bool told = strength != imported.strengths.end();
    untold += !told;
    tables.ties += fmt::format("{},{},{}\n", csv_field(one->second), csv_field(other->second),
                               told ? weight_text(strength->second, greatest) : "");
  }
  if (!tables.ties.empty()) assumed.push_back("Who works with whom is so from the first month on.");
  if (untold > 0)
    assumed.push_back(fmt::format("{} of which no strength is told: {} as one contact makes it.", counted(untold, "tie"),
                                  untold == 1 ? "it is" : "each is"));
  if (!tables.ties.empty() && greatest > 1)
    assumed.push_back(fmt::format("A tie's strength is a share of the greatest that is told, {:g}.", greatest));
  if (outside > 0)
    assumed.push_back(fmt::format("{} with organisations that are no members: left out.", counted(outside, "tie")));
  tables.rows = rows_text("rows", tables.members) + (tables.ties.empty() ? "" : rows_text("tie_rows", tables.ties));
  return tables;
}

std::vector<std::string> contradictions(const Imported& imported) {
  std::map<std::size_t, std::string> early, late;  // names, by organisation
  for (const ImportedEvent& event : imported.events)
    for (const std::size_t o : event.attended) {
      const ImportedOrganisation& one = imported.organisations[o];
      const std::string month = event.day.substr(0, 7);
      if (one.listed && !is_member_in(one, month)) (one.joined > month ? early : late)[o] = one.name;
    }
  std::vector<std::string> sentences;
  for (const auto& [organisations, when] : {std::pair{&early, "before joining"}, {&late, "after leaving"}}) {
    std::vector<std::string> names;
    for (const auto& [o, name] : *organisations) names.push_back(name);
    if (!names.empty())
      sentences.push_back(fmt::format("{} came {}, by the list of members: that is not counted. Correct the list if it is wrong.",
                                      named_organisations(names), when));
  }
  return sentences;
}

}  // namespace coalis::io
