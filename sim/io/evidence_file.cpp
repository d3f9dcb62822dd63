// Evidence files. Only what results are compared with is read; claims and notes are for people.
#include "coalis/io/evidence_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "coalis/inference/survey_items.hpp"
#include "coalis/io/file_kind.hpp"
#include "coalis/io/whole_file.hpp"
#include "toml_tree.hpp"

namespace coalis {
namespace {

using io::Node;
using io::Table;

class Reading {
 public:
  explicit Reading(EvidenceFile& result) : result_(result) {}

  void document(const Node& root) {
    const auto& table = std::get<Table>(root.value);
    const auto* format = value<std::string>(table, "format", "text");
    if (!format || *format != "coalis-evidence")
      return fail(root, "not an evidence file", "begin it with format = \"coalis-evidence\"");
    const auto* version = value<std::int64_t>(table, "version", "a whole number");
    if (!version) return fail(root, "an evidence file without a version", "write version = 1 below the format");
    if (*version > evidence_format_version)
      return fail(root, fmt::format("too new: evidence version {}", *version), "read it with a newer Coalis");
    if (*version < 1)
      return fail(root, fmt::format("too old: evidence version {}", *version), "write version = 1 below the format");
    if (const auto* items = value<io::Array>(table, "item", "a list of tables [[item]]")) {
      for (const Node& node : *items) item(node);
    }
  }

 private:
  static std::string advice_on_items() {
    std::vector<std::string_view> ids;
    for (const SurveyItem& item : survey_items) ids.push_back(item.id);
    return fmt::format("choose one of {}", fmt::join(ids, ", "));
  }
  void item(const Node& node) {
    const auto* table = std::get_if<Table>(&node.value);
    if (!table) return fail(node, "an item that is no table", "write [[item]]");
    EvidenceItem item;
    if (const auto* id = value<std::string>(*table, "id", "text")) item.id = *id;
    if (item.id.empty()) return fail(node, "an item without an id", "give it a name: id = \"...\"");
    if (const auto* measures = value<std::string>(*table, "measures", "text")) {
      item.measures = *measures;
      if (!survey_item_named(*measures))
        fail(node, fmt::format("'{}' measures '{}', which the survey does not ask", item.id, *measures), advice_on_items());
    }
    if (const auto* source = value<std::string>(*table, "source", "text")) item.source = *source;
    if (const auto* use = value<std::string>(*table, "use", "text")) item.use = *use;
    if (!item.use.empty() && std::find(evidence_uses.begin(), evidence_uses.end(), item.use) == evidence_uses.end())
      fail(node, fmt::format("'{}' has the use '{}'", item.id, item.use),
           fmt::format("choose one of {}", fmt::join(evidence_uses, ", ")));
    if (const auto* n = value<std::int64_t>(*table, "n", "a whole number")) item.n = static_cast<int>(*n);
    if (const auto* share = value<double>(*table, "share", "a number")) item.share = *share;
    if (item.share && !(*item.share >= 0 && *item.share <= 1))
      fail(node, fmt::format("the share of '{}' is outside of 0..1", item.id), "correct it");
    item.categories = list<std::string>(*table, "categories", "text");
    for (const auto count : list<std::int64_t>(*table, "counts", "a whole number"))
      item.counts.push_back(static_cast<int>(count));
    if (!item.counts.empty() && item.counts.size() != item.categories.size()) {
      fail(node, fmt::format("'{}' has {} counts for {} categories", item.id, item.counts.size(), item.categories.size()),
           "give one count a category, -1 where none is reported");
    }
    if (const auto* outcome = value<std::string>(*table, "outcome", "text")) item.outcome = *outcome;
    item.n_between = pair<int, std::int64_t>(*table, "n_between", "two whole numbers");
    item.range = pair<double, double>(*table, "range", "two numbers");
    if (item.range.has_value() != !item.outcome.empty())
      fail(node, fmt::format("'{}' has only one of outcome and range", item.id), "give both: the outcome and its least and most");
    if (const auto* readings = value<io::Array>(*table, "alternatives", "a list of tables")) {
      for (const Node& one : *readings) alternative(one, item);
    }
    result_.items.push_back(std::move(item));
  }

  void alternative(const Node& node, EvidenceItem& item) {
    const auto* table = std::get_if<Table>(&node.value);
    if (!table) return wrong_type(node, "alternatives", "tables, as in { name = \"...\", counts = [1, 2], n = 3 }");
    EvidenceReading reading;
    if (const auto* name = value<std::string>(*table, "name", "text")) reading.name = *name;
    for (const auto count : list<std::int64_t>(*table, "counts", "a whole number"))
      reading.counts.push_back(static_cast<int>(count));
    if (const auto* n = value<std::int64_t>(*table, "n", "a whole number")) reading.n = static_cast<int>(*n);
    if (reading.counts.size() != item.counts.size())
      fail(node, fmt::format("another reading of '{}' has {} counts", item.id, reading.counts.size()),
           "give one count a category");
    item.alternatives.push_back(std::move(reading));
  }

  // Two values in ascending order.
  template <class Value, class T>
  std::optional<std::array<Value, 2>> pair(const Table& table, std::string_view key, const char* type) {
    const auto* entry = table.find(key);
    if (!entry) return std::nullopt;
    const auto* ends = std::get_if<io::Array>(&entry->node.value);
    std::array<Value, 2> values{};
    bool good = ends && ends->size() == 2;
    for (std::size_t i = 0; good && i < 2; ++i) {
      const auto& end = (*ends)[i].value;
      const auto* whole = std::get_if<std::int64_t>(&end);
      const auto* found = std::get_if<T>(&end);
      good = whole || found;
      if (good) values[i] = whole ? static_cast<Value>(*whole) : static_cast<Value>(*found);
    }
    if (good && values[0] <= values[1]) return values;
    wrong_type(entry->node, key, type);
    return std::nullopt;
  }

  // The value of a key; null if absent or, after saying so, of another type.
  template <class T>
  const T* value(const Table& table, std::string_view key, const char* type) {
    const auto* entry = table.find(key);
    if (!entry) return nullptr;
    const auto* found = std::get_if<T>(&entry->node.value);
    if (!found) wrong_type(entry->node, key, type);
    return found;
  }

  template <class T>
  std::vector<T> list(const Table& table, std::string_view key, const char* type) {
    std::vector<T> values;
    const auto* array = value<io::Array>(table, key, "a list");
    if (!array) return values;
    for (const Node& node : *array) {
      if (const auto* found = std::get_if<T>(&node.value))
        values.push_back(*found);
      else
        wrong_type(node, key, type);
    }
    return values;
  }

  void wrong_type(const Node& node, std::string_view key, const char* type) {
    fail(node, fmt::format("'{}' is {}", key, io::type_name(node)), fmt::format("it takes {}", type));
  }
  void fail(const Node& node, std::string problem, std::string advice) {
    result_.diagnostics.push_back(
        {node.place.file, node.place.line, node.place.column, false, std::move(problem), std::move(advice)});
  }

  EvidenceFile& result_;
};

}  // namespace

const EvidenceItem* EvidenceFile::find(std::string_view id) const {
  const auto found = std::find_if(items.begin(), items.end(), [&](const EvidenceItem& item) { return measured(item) == id; });
  return found == items.end() ? nullptr : &*found;
}

int EvidenceFile::calibrated_sites() const {
  std::set<std::string_view> sources;
  for (const EvidenceItem& item : items)
    if (item.use == "calibrate" && (item.share || !item.counts.empty())) sources.insert(item.source);
  return static_cast<int>(sources.size());
}

EvidenceFile parse_evidence(std::string_view text, const std::string& name) {
  EvidenceFile result;
  if (auto other = another_kind(text, name, "coalis-evidence", "evidence")) {
    result.diagnostics.push_back(*std::move(other));
    return result;
  }
  if (const auto root = io::parse_toml(text, name, result.diagnostics)) Reading(result).document(*root);
  return result;
}

EvidenceFile read_evidence(const std::filesystem::path& path) {
  const WholeFile file = read_whole_file(path, largest_text);
  if (file.ok()) return parse_evidence(file.text, path.string());
  EvidenceFile result;
  result.diagnostics.push_back({path.string(), 0, 0, false, "the evidence file cannot be read: " + file.problem,
                                "check the scenario's `evidence`, or leave it out"});
  return result;
}

}  // namespace coalis
