// The roster of an imported scenario, and who works with whom: the tables that it names.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "coalis/io/import/import.hpp"

namespace coalis::io {

struct MemberTables {
  std::string members, ties;  // CSV; ties "" without
  std::string rows;           // the same as keys of [organisations]
};

// `start`: first month of the scenario; `regions`, `roles`: as it calls them, by what the tables say. What is left out is added
// to `assumed`, a sentence each.
MemberTables member_tables(const Imported& imported, const std::vector<const ImportedOrganisation*>& members,
                           const std::string& start, const std::map<std::string, std::string>& regions,
                           const std::map<std::string, std::string>& roles, std::vector<std::string>& assumed);

using Members = std::vector<const ImportedOrganisation*>;
// One name each where a roster tells them apart: what somebody keeps apart by signs only is numbered.
std::map<const ImportedOrganisation*, std::string> names_in_roster(const Members& members);

// What lists of members and lists of who came say against each other, one sentence each.
std::vector<std::string> contradictions(const Imported& imported);

}  // namespace coalis::io
