// Reading files, following `include`, merging trees, applying overrides (model.md section 6).
#include "scenario_load.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "coalis/io/file_kind.hpp"
#include "coalis/io/whole_file.hpp"

namespace coalis::io {
namespace {

namespace fs = std::filesystem;
using Diagnostics = std::vector<Diagnostic>;

constexpr std::size_t deepest_include = 64;  // files

void error(Diagnostics& diagnostics, const Place& place, std::string problem, std::string advice) {
  diagnostics.push_back({place.file, place.line, place.column, false, std::move(problem), std::move(advice)});
}

// The text of a file; or nothing and an error at `place`, which is the file itself or the `include` that names it.
std::optional<std::string> read_text(const fs::path& path, const Place& place, Diagnostics& diagnostics) {
  const std::string problem = place.line > 0 ? fmt::format("cannot include '{}'", path.string()) : "cannot read the file";
  WholeFile file = read_whole_file(path, largest_text, Empty::allowed);
  if (file.ok()) return std::move(file.text);
  error(diagnostics, place, fmt::format("{}: {}", problem, file.problem), file.advice);
  return std::nullopt;
}

// Checks what the file says that it is; false if it is something else. Only the outermost file must say it.
bool check_header(const Table& table, const Place& file, bool outermost, Diagnostics& diagnostics) {
  const Entry* format = table.find("format");
  const Entry* version = table.find("version");
  if (format) {
    const auto* text = std::get_if<std::string>(&format->node.value);
    if (!text || *text != "scenario") {
      error(diagnostics, format->node.place,
            text ? fmt::format("the format is '{}', not 'scenario'", *text) : "format takes text",
            "write format = \"scenario\", or name another file");
      return false;
    }
  } else if (outermost) {
    error(diagnostics, {file.file, 1, 1},
          table.entries.empty() ? "the file is empty" : "the file does not say that it is a scenario",
          "begin it with format = \"scenario\" and version = 1");
    return !table.entries.empty();
  }
  if (!version) {
    if (outermost && format) error(diagnostics, format->place, "the file does not say its format version", "add version = 1");
    return true;
  }
  const auto* number = std::get_if<std::int64_t>(&version->node.value);
  if (!number) {
    error(diagnostics, version->node.place, fmt::format("version takes a whole number, not {}", type_name(version->node)),
          "write version = 1");
    return true;
  }
  if (*number == scenario_format_version) return true;
  const bool old = *number < scenario_format_version;
  error(diagnostics, version->node.place, fmt::format("format version {} is too {}", *number, old ? "old" : "new"),
        fmt::format("this program reads version {}{}", scenario_format_version, old ? "" : "; a newer program is needed"));
  return false;
}

// Puts `over` on top of `base`: tables key by key, everything else whole; interventions are appended.
void merge(Table& base, Table&& over, bool top) {
  for (Entry& entry : over.entries) {
    Entry* old = base.find(entry.key);
    if (!old) {
      base.entries.push_back(std::move(entry));
      continue;
    }
    auto* old_table = std::get_if<Table>(&old->node.value);
    auto* new_table = std::get_if<Table>(&entry.node.value);
    auto* old_array = std::get_if<Array>(&old->node.value);
    auto* new_array = std::get_if<Array>(&entry.node.value);
    if (old_table && new_table && !old_table->is_inline && !new_table->is_inline) {
      merge(*old_table, std::move(*new_table), false);
      old->place = entry.place;
      old->node.place = entry.node.place;
    } else if (top && entry.key == "interventions" && old_array && new_array) {
      old_array->insert(old_array->end(), std::make_move_iterator(new_array->begin()), std::make_move_iterator(new_array->end()));
    } else {
      *old = std::move(entry);
    }
  }
}

class Loader {
 public:
  explicit Loader(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  // `folder`: that of the file, relative to the outermost file's. `place`: where the file is named.
  std::optional<Node> load(const fs::path& path, const fs::path& folder, const Place& place) {
    const auto text = read_text(path, place, diagnostics_);
    if (!text) return std::nullopt;
    std::error_code ignored;
    chain_.push_back(fs::weakly_canonical(path, ignored));
    auto tree = parse(*text, path.string(), &path, folder);
    chain_.pop_back();
    return tree;
  }

  // `path` is null for a text without a file.
  std::optional<Node> parse(std::string_view text, const std::string& name, const fs::path* path, const fs::path& folder) {
    if (auto other = another_kind(text, name, "scenario", "a scenario"))
      return diagnostics_.push_back(*std::move(other)), std::nullopt;
    auto tree = parse_toml(text, name, diagnostics_);
    if (!tree) return std::nullopt;
    auto& table = std::get<Table>(tree->value);
    if (!check_header(table, {name}, chain_.size() <= 1, diagnostics_)) return std::nullopt;
    if (Entry* evidence = table.find("evidence"); evidence && !folder.empty()) {
      if (auto* file = std::get_if<std::string>(&evidence->node.value); file && !file->empty()) {
        *file = (folder / *file).lexically_normal().generic_string();
      }
    }
    std::optional<Node> base;
    if (const Entry* include = table.find("include")) {
      base = load_included(*include, path, folder);
      if (!base) return std::nullopt;
    }
    std::erase_if(table.entries, [](const Entry& e) { return e.key == "format" || e.key == "version" || e.key == "include"; });
    if (!base) return tree;
    merge(std::get<Table>(base->value), std::move(table), true);
    base->place = tree->place;
    return base;
  }

 private:
  std::optional<Node> load_included(const Entry& include, const fs::path* from, const fs::path& folder) {
    const Place& place = include.node.place;
    const auto* name = std::get_if<std::string>(&include.node.value);
    if (!name || name->empty()) {
      error(diagnostics_, place, "include takes the path of a scenario file", "write include = \"other.toml\"");
      return std::nullopt;
    }
    if (!from) {
      error(diagnostics_, place, "include is not possible in a text without a file", "give the complete scenario");
      return std::nullopt;
    }
    const fs::path path = (from->parent_path() / *name).lexically_normal();
    std::error_code ignored;
    const auto canonical = fs::weakly_canonical(path, ignored);
    const auto first = std::find(chain_.begin(), chain_.end(), canonical);
    if (first != chain_.end()) {
      std::string loop;
      for (auto file = first; file != chain_.end(); ++file) loop += file->filename().string() + " -> ";
      error(diagnostics_, place, "the file includes itself: " + loop + path.filename().string(), "remove one of the includes");
      return std::nullopt;
    }
    if (chain_.size() >= deepest_include) {
      error(diagnostics_, place, fmt::format("includes are nested more than {} deep", deepest_include),
            "put what the files say into fewer files");
      return std::nullopt;
    }
    return load(path, (folder / *name).parent_path(), place);
  }

  Diagnostics& diagnostics_;
  std::vector<fs::path> chain_;  // files being read, outermost first
};

}  // namespace

std::optional<Node> load_scenario_tree(const fs::path& path, Diagnostics& diagnostics) {
  return Loader(diagnostics).load(path, "", {path.string()});
}

std::optional<Node> load_scenario_text(std::string_view text, const std::string& name, Diagnostics& diagnostics) {
  return Loader(diagnostics).parse(text, name, nullptr, "");
}

}  // namespace coalis::io
