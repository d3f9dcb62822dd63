// Evidence files: the items that results are compared with, read one by one. Claims and notes are for people.
#include "coalis/io/questions/evidence_file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

#include "coalis/core/month_text.hpp"
#include "coalis/core/names.hpp"
#include "coalis/inference/evidence_match.hpp"
#include "coalis/inference/survey_items.hpp"
#include "coalis/io/text/file_kind.hpp"
#include "coalis/io/text/whole_file.hpp"
#include "evidence_keys.hpp"
#include "io/text/toml_tree.hpp"

namespace coalis {
namespace {

using io::advice_on_items;
using io::Entry;
using io::most_answers;
using io::Node;
using io::not_reported;
using io::Table;

const std::vector<std::string_view> evidence_keys{"format", "version", "sources", "item", "claim"};
const std::vector<std::string_view> item_keys{"id",    "measures", "source",       "use",       "categories", "counts",
                                              "n",     "share",    "shares",       "n_between", "outcome",    "range",
                                              "note",  "enters",   "alternatives", "bins",      "lowest",     "last_months",
                                              "since", "of",       "meetings",     "between"};
const std::vector<std::string_view> new_in_2{"bins", "lowest", "last_months", "since"}, new_in_3{"of", "meetings"};
const std::vector<std::string_view> reading_keys{"name", "counts", "n"};

class ItemsReading : private io::EvidenceKeys {
 public:
  explicit ItemsReading(EvidenceFile& result) : EvidenceKeys(result) {}

  void document(const Node& root) {
    const auto& table = std::get<Table>(root.value);
    if (!identity(root, table)) return;
    known_keys(table, evidence_keys, "the file");
    sources(table);
    if (const auto* items = value<io::Array>(table, "item", "a list of tables [[item]]")) {
      for (const Node& node : *items) item(node);
    }
  }

 private:
  bool identity(const Node& root, const Table& table) {
    const auto* format = value<std::string>(table, "format", "text");
    if (!format || *format != "coalis-evidence")
      return fail(root, "not an evidence file", "begin it with format = \"coalis-evidence\""), false;
    const auto* version = value<std::int64_t>(table, "version", "a whole number");
    if (!version) return fail(root, "an evidence file without a version", "write version = 2 below the format"), false;
    if (*version > evidence_format_version)
      return fail(root, fmt::format("too new: evidence version {}", *version), "read it with a newer Coalis"), false;
    if (*version < 1)
      return fail(root, fmt::format("too old: evidence version {}", *version), "write version = 2 below the format"), false;
    version_ = static_cast<int>(*version);
    return true;
  }

  void known_keys(const Table& table, const std::vector<std::string_view>& known, std::string_view where) {
    for (const Entry& entry : table.entries)
      if (std::find(known.begin(), known.end(), entry.key) == known.end())
        fail(entry.place, fmt::format("unknown key '{}' in {}", entry.key, where),
             fmt::format("choose one of {}", fmt::join(known, ", ")));
      else
        for (const auto& [version, keys] : {std::pair{2, &new_in_2}, {3, &new_in_3}})
          if (version_ < version && std::find(keys->begin(), keys->end(), entry.key) != keys->end())
            fail(entry.place, fmt::format("'{}' is a key of version {}", entry.key, version),
                 fmt::format("write version = {} at the top of the file", version));
  }

  void sources(const Table& root) {
    const auto* table = value<Table>(root, "sources", "tables [sources.NAME]");
    if (!table) return;
    has_sources_ = true;
    for (const Entry& entry : table->entries) sources_.insert(entry.key);
  }

  void item(const Node& node) {
    const auto* table = std::get_if<Table>(&node.value);
    if (!table) return fail(node, "an item that is no table", "write [[item]]");
    EvidenceItem item;
    item.line = node.place.line, item.column = node.place.column;
    item.open_upwards = version_ < 2;
    if (const auto* id = value<std::string>(*table, "id", "text")) item.id = *id;
    if (item.id.empty()) return fail(node, "an item without an id", "give it a name: id = \"...\"");
    known_keys(*table, item_keys, "[[item]]");
    const std::size_t before = result_.diagnostics.size();
    identify(*table, item);
    figures(*table, item);
    attended_when(*table, item);
    if (const auto* readings = value<io::Array>(*table, "alternatives", "a list of tables")) {
      for (const Node& one : *readings) alternative(one, item);
    }
    if (result_.diagnostics.size() == before) io::check_item(result_, node, *table, item);
    if (item.range && !item.outcome.empty()) exclude_nothing(*table, item);
    result_.items.push_back(std::move(item));
  }

  // A run has one value of an outcome, which lies in all ranges of it.
  void exclude_nothing(const Table& table, const EvidenceItem& item) {
    for (const EvidenceItem& other : result_.items)
      if (other.range && other.outcome == item.outcome &&
          std::max((*other.range)[0], (*item.range)[0]) > std::min((*other.range)[1], (*item.range)[1]))
        return fail(table.find("range")->node,
                    fmt::format("no run can have {} in the range of '{}' and in that of '{}' (line {})", item.outcome, item.id,
                                other.id, other.line),
                    "correct one of the two ranges, or leave one out");
  }

  // Names of the item: its own, the survey's, the source's, the use.
  void identify(const Table& table, EvidenceItem& item) {
    const Node& id = table.find("id")->node;
    if (const std::string problem = blank_problem(item.id); !problem.empty())
      fail(id, fmt::format("the id '{}' {}", item.id, problem), "write plain spaces, between words only");
    if (const auto [seen, is_new] = ids_.try_emplace(name_key(item.id), std::pair(item.id, id.place.line)); !is_new)
      fail(id, fmt::format("there is an item '{}' already, in line {}", seen->second.first, seen->second.second),
           "give each item a name of its own (letter case, spaces and '/' beside '_' do not count), and say what it measures: "
           "measures = \"...\"");
    if (const auto* measures = value<std::string>(table, "measures", "text")) {
      item.measures = *measures;
      if (!survey_item_named(*measures))
        fail(table.find("measures")->node, fmt::format("'{}' measures '{}', which the survey does not ask", item.id, *measures),
             advice_on_items());
    }
    if (const auto* source = value<std::string>(table, "source", "text")) item.source = *source;
    if (has_sources_ && !item.source.empty() && !sources_.contains(item.source))
      fail(table.find("source")->node, fmt::format("there is no source '{}'", item.source),
           fmt::format("describe it in [sources.{}], or choose one of {}", item.source, fmt::join(sources_, ", ")));
    if (const auto* use = value<std::string>(table, "use", "text")) item.use = *use;
    if (!item.use.empty() && std::find(evidence_uses.begin(), evidence_uses.end(), item.use) == evidence_uses.end())
      fail(table.find("use")->node, fmt::format("'{}' has the use '{}'", item.id, item.use),
           fmt::format("choose one of {}", fmt::join(evidence_uses, ", ")));
  }

  void figures(const Table& table, EvidenceItem& item) {
    if (const Entry* n = table.find("n"); n && value<std::int64_t>(table, "n", "a whole number"))
      item.n = answers(n->node, "n", 1);
    if (const auto share = number(table, "share")) {
      item.share = *share;
      if (!(*share >= 0 && *share <= 1))
        fail(table.find("share")->node, fmt::format("the share of '{}' is outside of 0..1", item.id), "write 0.45 for 45 %");
    }
    if (const auto* shares = value<io::Array>(table, "shares", "a list of numbers"))
      for (const Node& one : *shares)
        if (const auto share = as_number(one); !share || !(*share >= 0 && *share <= 1))
          fail(one, fmt::format("a share of '{}' is outside of 0..1", item.id), "write 0.45 for 45 %");
    item.categories = list<std::string>(table, "categories", "text");
    item.counts = counts(table);
    if (table.find("counts") && item.counts.size() != item.categories.size())
      fail(table.find("counts")->node,
           fmt::format("'{}' has {} counts for {} categories", item.id, item.counts.size(), item.categories.size()),
           "give one count a category, -1 where none is reported");
    of_lists(table, item);
    roughly(table, item);
    if (const auto* outcome = value<std::string>(table, "outcome", "text")) item.outcome = *outcome;
    item.n_between = pair<int, std::int64_t>(table, "n_between", "two whole numbers");
    if (item.n_between && (*item.n_between)[0] < 1)
      fail(table.find("n_between")->node, fmt::format("'{}' may have fewer than one answer", item.id), "begin at 1 or more");
    item.range = pair<double, double>(table, "range", "two numbers");
    if (item.range.has_value() != !item.outcome.empty() && !(table.find("range") && !item.range))
      fail(table.find(item.range ? "range" : "outcome")->node, fmt::format("'{}' has only one of outcome and range", item.id),
           "give both: the outcome and its least and most");
    if (!item.outcome.empty() && std::none_of(outcome_quantities().begin(), outcome_quantities().end(),
                                              [&](const Quantity& q) { return q.name == item.outcome; }))
      fail(table.find("outcome")->node, fmt::format("there is no outcome '{}'", item.outcome), "coalis defaults lists them");
  }

  // What the source says roughly, a pair a category.
  void roughly(const Table& table, EvidenceItem& item) {
    const auto* pairs = value<io::Array>(table, "between", "a list of pairs of numbers");
    if (!pairs) return;
    for (const Node& one : *pairs) {
      const auto* ends = std::get_if<io::Array>(&one.value);
      const auto end = [&](std::size_t k) { return ends && ends->size() == 2 ? as_number((*ends)[k]) : std::nullopt; };
      const auto least = end(0), most = end(1);
      const double largest = counts_trainings(measured(item)) ? most_answers : 1;
      if (!least || !most || !(*least >= 0 && *least <= *most && *most <= largest))
        return fail(one, fmt::format("'{}' is between numbers that are none", item.id),
                    largest > 1 ? "write [1.5, 2.5]: the least and the most that it may be"
                                : "write [0.28, 0.38] for 28 to 38 %: the least and the most that it may be");
      item.between.push_back({*least, *most});
    }
    if (item.between.size() != item.categories.size())
      fail(table.find("between")->node,
           fmt::format("'{}' says between what for {} of {} categories", item.id, item.between.size(), item.categories.size()),
           "give one pair a category; [0, 1] where the source says nothing");
  }

  // What an item of lists of who came says besides.
  void of_lists(const Table& table, EvidenceItem& item) {
    for (const std::int64_t one : list<std::int64_t>(table, "of", "a whole number"))
      item.of.push_back(static_cast<int>(std::clamp<std::int64_t>(one, -1, most_answers)));
    if (const Entry* of = table.find("of"); of && item.of.size() != item.categories.size())
      fail(of->node,
           fmt::format("'{}' says of how many for {} of {} categories", item.id, item.of.size(), item.categories.size()),
           "give one number a category");
    if (const Entry* entry = table.find("meetings"); entry && value<std::int64_t>(table, "meetings", "a whole number"))
      item.meetings = answers(entry->node, "meetings", 1);
  }

  // What the item says of bins, direction and window.
  void attended_when(const Table& table, EvidenceItem& item) {
    if (const auto* bins = value<io::Array>(table, "bins", "a list of bins")) {
      for (const Node& one : *bins) bin(one, item);
      if (item.bins.size() != item.categories.size() && item.bins.size() == bins->size())
        fail(table.find("bins")->node,
             fmt::format("'{}' has {} bins for {} categories", item.id, item.bins.size(), item.categories.size()),
             "give one bin a category");
    }
    if (const auto* lowest = value<std::string>(table, "lowest", "text")) item.lowest = *lowest;
    if (const Entry* entry = table.find("last_months"); entry && value<std::int64_t>(table, "last_months", "a whole number"))
      item.last_months = answers(entry->node, "last_months", 1);
    if (const auto* since = value<std::string>(table, "since", "text")) item.since = *since;
    for (const char* key : {"last_months", "since"})
      if (const Entry* entry = table.find(key)) item.line = entry->node.place.line, item.column = entry->node.place.column;
    if (item.last_months > 0 && !item.since.empty())
      fail(table.find("since")->node, fmt::format("'{}' has two windows", item.id), "give one of last_months and since");
    if (!item.since.empty() && !is_month(item.since))
      fail(table.find("since")->node, fmt::format("since is '{}'", item.since), "write a month as \"2024-07\"");
  }

  void bin(const Node& node, EvidenceItem& item) {
    const auto* ends = std::get_if<io::Array>(&node.value);
    const auto whole = [](const Node& end) {
      const auto* number = std::get_if<std::int64_t>(&end.value);
      return number && *number >= 0 && *number <= most_answers ? static_cast<int>(*number) : -1;
    };
    const bool right = ends && (ends->size() == 1 || ends->size() == 2) && whole(ends->front()) >= 0 &&
                       (ends->size() == 1 || whole(ends->back()) >= whole(ends->front()));
    if (!right)
      return fail(node, fmt::format("'{}' has a bin that is none", item.id), "write [from, to], or [from] if it is open upwards");
    item.bins.push_back({whole(ends->front()), ends->size() == 1 ? Bin::open : whole(ends->back())});
  }

  // Counts of an item or of another reading of it; each is an answer, or not reported.
  std::vector<int> counts(const Table& table) {
    std::vector<int> result;
    const auto* array = value<io::Array>(table, "counts", "a list of whole numbers");
    if (!array) return result;
    for (const Node& node : *array) {
      const auto* count = std::get_if<std::int64_t>(&node.value);
      if (!count) {
        wrong_type(node, "counts", "whole numbers");
        continue;
      }
      if (*count < not_reported || *count > most_answers)
        fail(node, fmt::format("a count of {}", *count),
             fmt::format("a count is 0 to {}; -1 where the source reports none", most_answers));
      result.push_back(static_cast<int>(std::clamp<std::int64_t>(*count, not_reported, most_answers)));
    }
    return result;
  }

  int answers(const Node& node, std::string_view key, int least) {
    const auto count = std::get<std::int64_t>(node.value);
    if (count >= least && count <= most_answers) return static_cast<int>(count);
    fail(node, fmt::format("{} is {}", key, count), fmt::format("it takes {} to {}", least, most_answers));
    return 0;
  }

  void alternative(const Node& node, EvidenceItem& item) {
    const auto* table = std::get_if<Table>(&node.value);
    if (!table) return wrong_type(node, "alternatives", "tables, as in { name = \"...\", counts = [1, 2], n = 3 }");
    known_keys(*table, reading_keys, "another reading");
    EvidenceReading reading;
    if (const auto* name = value<std::string>(*table, "name", "text")) reading.name = *name;
    reading.counts = counts(*table);
    if (const Entry* n = table->find("n"); n && value<std::int64_t>(*table, "n", "a whole number"))
      reading.n = answers(n->node, "n", 1);
    if (reading.counts.size() != item.counts.size() || reading.counts.empty())
      fail(node, fmt::format("another reading of '{}' has {} counts", item.id, reading.counts.size()),
           "give one count a category");
    item.alternatives.push_back(std::move(reading));
  }

  int version_ = evidence_format_version;
  bool has_sources_ = false;
  std::set<std::string> sources_;
  std::map<std::string, std::pair<std::string, int>> ids_;  // by name_key(): as written, and their lines
};

}  // namespace

const EvidenceItem* EvidenceFile::find(std::string_view id) const {
  const auto found = std::find_if(items.begin(), items.end(), [&](const EvidenceItem& item) { return measured(item) == id; });
  return found == items.end() ? nullptr : &*found;
}

EvidenceFile parse_evidence(std::string_view text, const std::string& name) {
  EvidenceFile result;
  if (auto other = another_kind(text, name, "coalis-evidence", "evidence")) {
    result.diagnostics.push_back(*std::move(other));
    return result;
  }
  if (const auto root = io::parse_toml(text, name, result.diagnostics)) ItemsReading(result).document(*root);
  return result;
}

EvidenceFile read_evidence(const std::filesystem::path& path, const Scenario& scenario) {
  EvidenceFile evidence = read_evidence(path);
  if (!evidence.ok()) return evidence;
  evidence.diagnostics = check_windows(evidence, path.string(), scenario);
  return evidence;
}

EvidenceFile read_evidence(const std::filesystem::path& path) {
  const WholeFile file = read_whole_file(path, largest_text);
  if (file.ok()) return parse_evidence(file.text, path.string());
  EvidenceFile result;
  result.diagnostics.push_back(
      {path.string(), 0, 0, false, "cannot be read: " + file.problem, "check the scenario's `evidence`, or leave it out"});
  return result;
}

}  // namespace coalis
