// Messages and look-ups shared by all steps of reading.
#include "scenario_reading.hpp"

namespace coalis::io {

void Reading::error(const Place& at, std::string problem, std::string advice) {
  diagnostics.push_back({at.file, at.line, at.column, false, std::move(problem), std::move(advice)});
}

void Reading::warn(const Place& at, std::string problem, std::string advice) {
  diagnostics.push_back({at.file, at.line, at.column, true, std::move(problem), std::move(advice)});
}

const Table* Reading::table(std::string_view name) {
  const Entry* entry = root.find(name);
  if (!entry) return nullptr;
  if (const auto* found = std::get_if<Table>(&entry->node.value)) return found;
  error(entry->node.place, fmt::format("{} takes a table, not {}", name, type_name(entry->node)),
        fmt::format("begin it with [{}]", name));
  return nullptr;
}

std::vector<const Node*> Reading::list(std::string_view name, std::string_view item_name) {
  const Entry* entry = root.find(name);
  if (!entry) return {};
  const auto* array = std::get_if<Array>(&entry->node.value);
  const std::string advice = fmt::format("begin each of its items with [[{}]]", name);
  if (!array) {
    error(entry->node.place, fmt::format("{} takes a list of tables, not {}", name, type_name(entry->node)), advice);
    broken.emplace(item_name);
    return {};
  }
  std::vector<const Node*> nodes;
  for (const Node& node : *array) {
    if (std::holds_alternative<Table>(node.value)) {
      nodes.push_back(&node);
    } else {
      error(node.place, fmt::format("an item of {} is a table, not {}", name, type_name(node)), advice);
      broken.emplace(item_name);
    }
  }
  return nodes;
}

void Reading::no_such(const Place& at, std::string problem, std::string_view list, const std::string& name,
                      const std::vector<std::string>& known) {
  const auto gone = merged.dropped.find({std::string(list), name});
  if (gone == merged.dropped.end()) return error(at, std::move(problem), choose_advice(name, known));
  error(at, std::move(problem), taken_away(gone->second));
}

Place Reading::place(std::string_view table_name, std::string_view key) const {
  const Entry* outer = root.find(table_name);
  if (!outer) return file;
  const auto* found = std::get_if<Table>(&outer->node.value);
  const Entry* inner = found ? found->find(key) : nullptr;
  return inner ? inner->node.place : outer->place;
}

void unknown_key(Reading& reading, const Entry& entry, std::string_view where, const std::vector<std::string>& known) {
  const std::string problem = fmt::format("unknown key '{}' in {}", entry.key, where);
  if (const std::string best = nearest(entry.key, known); !best.empty()) {
    return reading.error(entry.place, problem, fmt::format("did you mean '{}'?", best));
  }
  for (const FieldText& text : field_texts()) {
    if (text.key == entry.key) {
      return reading.error(entry.place, problem,
                           text.table.empty() ? "it belongs at the top of the file, before the first table"
                                              : fmt::format("it is a key of [{}]", text.table));
    }
  }
  reading.error(entry.place, problem, choose_advice(entry.key, known));
}

}  // namespace coalis::io
