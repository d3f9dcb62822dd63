// Reading files, following `include`, merging trees, applying overrides (model.md section 6).
#include "scenario_load.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/io/text/file_kind.hpp"
#include "coalis/io/text/whole_file.hpp"

namespace coalis {

bool ScenarioFile::ok() const {
  return std::all_of(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& d) { return d.warning; });
}

}  // namespace coalis

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
  const std::string problem = place.line > 0 ? fmt::format("cannot include '{}'", path.string()) : "cannot be read";
  WholeFile file = read_whole_file(path, largest_text, Empty::allowed);
  if (file.ok()) return std::move(file.text);
  error(diagnostics, place, fmt::format("{}: {}", problem, file.problem), file.advice);
  return std::nullopt;
}

// Checks what the file says that it is, and gives its format version; nothing if it is something else. Only the outermost file
// must say it: one that is included and does not is of version 1.
std::optional<int> check_header(const Table& table, const Place& file, bool outermost, Diagnostics& diagnostics) {
  const Entry* format = table.find("format");
  const Entry* version = table.find("version");
  const int newest = scenario_format_version;
  if (format) {
    const auto* text = std::get_if<std::string>(&format->node.value);
    if (!text || *text != "scenario") {
      error(diagnostics, format->node.place,
            text ? fmt::format("the format is '{}', not 'scenario'", *text) : "format takes text",
            "write format = \"scenario\", or name another file");
      return std::nullopt;
    }
  } else if (outermost) {
    error(diagnostics, {file.file, 1, 1},
          table.entries.empty() ? std::string(empty_file) : "the file does not say that it is a scenario",
          fmt::format("begin it with format = \"scenario\" and version = {}", newest));
    return table.entries.empty() ? std::nullopt : std::optional(newest);
  }
  if (!version) {
    if (outermost && format)
      error(diagnostics, format->place, "the file does not say its format version", fmt::format("add version = {}", newest));
    return outermost ? newest : oldest_scenario_version;
  }
  const auto* number = std::get_if<std::int64_t>(&version->node.value);
  if (!number) {
    error(diagnostics, version->node.place, fmt::format("version takes a whole number, not {}", type_name(version->node)),
          fmt::format("write version = {}", newest));
    return newest;
  }
  if (oldest_scenario_version <= *number && *number <= newest) return static_cast<int>(*number);
  const bool old = *number < oldest_scenario_version;
  error(diagnostics, version->node.place, fmt::format("format version {} is too {}", *number, old ? "old" : "new"),
        fmt::format("this program reads versions {} to {}{}", oldest_scenario_version, newest,
                    old ? "" : "; a newer program is needed"));
  return std::nullopt;
}

class Loader {
 public:
  Loader(Diagnostics& diagnostics, Merged& merged) : diagnostics_(diagnostics), merged_(merged) {}

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
    const auto version = check_header(table, {name}, chain_.size() <= 1, diagnostics_);
    if (!version) return std::nullopt;
    refuse_removals(table, *version, table.find("include") != nullptr, diagnostics_);
    if (Entry* evidence = table.find("evidence"); evidence && !folder.empty()) {
      if (auto* file = std::get_if<std::string>(&evidence->node.value); file && !file->empty()) {
        *file = (folder / *file).lexically_normal().generic_string();
      }
    }
    std::optional<Node> base;
    OnTop on_top{*version, ""};
    if (const Entry* include = table.find("include")) {
      base = load_included(*include, path, folder, on_top);
      if (!base) return std::nullopt;
    }
    const bool by_name = base && *version > oldest_scenario_version;
    std::erase_if(table.entries, [&](const Entry& e) {
      return e.key == "format" || e.key == "version" || e.key == "include" ||
             (!by_name && (e.key == "remove" || e.key == "replace"));
    });
    if (!base) return tree;
    merge_scenario(std::get<Table>(base->value), std::move(table), on_top, diagnostics_, merged_);
    base->place = tree->place;
    return base;
  }

 private:
  // What the included files bring, the later on top of the earlier; `on_top` takes their names.
  std::optional<Node> load_included(const Entry& include, const fs::path* from, const fs::path& folder, OnTop& on_top) {
    const auto* list = std::get_if<Array>(&include.node.value);
    const bool several = list && !list->empty() && on_top.version > oldest_scenario_version;
    std::optional<Node> base;
    for (const Node& name : several ? *list : Array{include.node}) {
      auto tree = load_included(name, from, folder, on_top.version);
      if (!tree) return std::nullopt;
      const std::string& text = std::get<std::string>(name.value);
      if (base)
        merge_scenario(std::get<Table>(base->value), std::move(std::get<Table>(tree->value)), on_top, diagnostics_, merged_);
      else
        base = std::move(tree);
      on_top.included += (on_top.included.empty() ? "" : ", ") + text;
    }
    return base;
  }

  std::optional<Node> load_included(const Node& file, const fs::path* from, const fs::path& folder, int version) {
    const Place& place = file.place;
    const auto* name = std::get_if<std::string>(&file.value);
    if (!name || name->empty()) {
      const char* several = version > oldest_scenario_version ? ", or a list of them" : "";
      error(diagnostics_, place, fmt::format("include takes the path of a scenario file{}", several),
            "write include = \"other.toml\"");
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
      for (auto file_of = first; file_of != chain_.end(); ++file_of) loop += file_of->filename().string() + " -> ";
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
  Merged& merged_;
  std::vector<fs::path> chain_;  // files being read, outermost first
};

}  // namespace

std::optional<Node> load_scenario_tree(const fs::path& path, Diagnostics& diagnostics, Merged& merged) {
  return Loader(diagnostics, merged).load(path, "", {path.string()});
}

std::optional<Node> load_scenario_text(std::string_view text, const std::string& name, Diagnostics& diagnostics) {
  Merged nothing;  // a text includes none
  return Loader(diagnostics, nothing).parse(text, name, nullptr, "");
}

}  // namespace coalis::io
