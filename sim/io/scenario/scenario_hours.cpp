// See scenario_hours.hpp.
#include "scenario_hours.hpp"

#include <algorithm>
#include <iterator>

#include "tree_lists.hpp"

namespace coalis::io {
namespace {

std::vector<std::string> region_names(Table& scenario) {
  const Array* list = array_of(scenario.find("regions"));
  return list ? names_in(*list) : std::vector<std::string>{};
}

const Entry* hours_entry(Table& scenario) {
  const Table* travel = table_of(scenario.find("travel"));
  return travel ? travel->find("hours") : nullptr;
}

// A file beside the one of that name which changes what regions there are.
std::string other_file(Table& base, const OnTop& on_top, const std::string& own, const Merged& merged) {
  const auto beside = [&](const Place& place) { return place.file != own && !on_top.is_included(place.file); };
  const Array* regions = array_of(base.find("regions"));
  bool all_own = true;
  for (const Node& region : regions ? *regions : Array{}) {
    if (beside(region.place)) return region.place.file;
    all_own = all_own && region.place.file == own;
  }
  if (all_own) return "";  // whatever went before
  for (const auto& [entry, place] : merged.dropped) {
    if (entry.first == "regions" && beside(place)) return place.file;
  }
  return "";
}

}  // namespace

Array* hours_of(Table& scenario, std::size_t regions) {
  Table* travel = table_of(scenario.find("travel"));
  Array* rows = travel ? array_of(travel->find("hours")) : nullptr;
  if (!rows || rows->size() != regions) return nullptr;
  const bool square = std::all_of(rows->begin(), rows->end(), [&](const Node& row) {
    const auto* columns = std::get_if<Array>(&row.value);
    return columns && columns->size() == regions;
  });
  return square ? rows : nullptr;
}

void check_old_hours(Table& base, const std::vector<std::string>& left, const std::optional<Place>& replaced, Merged& merged) {
  const auto now = region_names(base);
  const Entry* hours = hours_entry(base);
  if (!hours || (now == left && !merged.unfit_hours)) return;
  const Entry* list = base.find("regions");
  const Place place = replaced ? *replaced : list ? list->place : hours->place;
  std::vector<std::string> added;
  std::copy_if(now.begin(), now.end(), std::back_inserter(added),
               [&](const std::string& name) { return std::find(left.begin(), left.end(), name) == left.end(); });
  merged.unfit_hours = Diagnostic{
      place.file,
      place.line,
      place.column,
      false,
      fmt::format("the regions are no longer those of travel.hours ({}:{}){}", hours->place.file, hours->place.line,
                  added.empty() || replaced ? "" : fmt::format("; {} has no row there", quoted(added))),
      fmt::format("give [travel] hours in this file too: {0} lists of {0} hours, in the order {1}", now.size(), quoted(now))};
}

void check_new_hours(Table& base, const OnTop& on_top, Merged& merged) {
  merged.unfit_hours.reset();
  const Entry* hours = hours_entry(base);
  if (!hours || !on_top.includes) return;
  const std::string other = other_file(base, on_top, hours->place.file, merged);
  if (other.empty()) return;
  const auto now = region_names(base);
  merged.unfit_hours =
      Diagnostic{hours->place.file,
                 hours->place.line,
                 hours->place.column,
                 false,
                 fmt::format("these hours are not for the regions that {} changes, which this file does not include", other),
                 fmt::format("give [travel] hours in a file that includes both: {0} lists of {0} hours, in the order {1}",
                             now.size(), quoted(now))};
}

}  // namespace coalis::io
