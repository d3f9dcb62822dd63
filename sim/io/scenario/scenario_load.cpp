// Reading files, following `include`, merging trees, applying overrides (model.md section 6).
#include "scenario_load.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/io/text/file_kind.hpp"
#include "coalis/io/text/files_in_use.hpp"
#include "coalis/io/text/whole_file.hpp"
#include "scenario_roster.hpp"

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

// Where the evidence is, from the outermost file's folder.
void move_evidence(Table& table, const fs::path& folder) {
  Entry* evidence = folder.empty() ? nullptr : table.find("evidence");
  auto* file = evidence ? std::get_if<std::string>(&evidence->node.value) : nullptr;
  if (file && !file->empty()) *file = (folder / *file).lexically_normal().generic_string();
}

// Reads every file once, whatever it is called, and puts each on top of all that were read before it: as if it included the last
// of them. A file that is reached again stays where it is, so that what later ones changed of it stays changed.
class Loader {
 public:
  Loader(Diagnostics& diagnostics, Merged& merged) : diagnostics_(diagnostics), merged_(merged) {}

  std::optional<Node> load(const fs::path& path) { return finish(reach(path, "", {path.string()}).has_value()); }
  std::optional<Node> load(std::string_view text, const std::string& name) {
    files_.push_back({name});
    chain_.push_back(0);
    return finish(read(text, 0, nullptr, ""));
  }

 private:
  struct File {
    std::string name;                        // as in places
    std::vector<std::size_t> includes = {};  // their numbers
    std::size_t order = 0;                   // from 1, from below; 0 while it is read
  };

  std::optional<Node> finish(bool good) {
    merged_.places.clear();
    return good ? std::move(all_) : std::nullopt;
  }

  // The number of a file, which is read if it was not yet. `folder`: its own, relative to the outermost file's. `place`: where it
  // is named.
  std::optional<std::size_t> reach(const fs::path& path, const fs::path& folder, const Place& place) {
    const auto identity = FilesInUse::at(path);
    if (const auto known = identity ? numbers_.find(*identity) : numbers_.end(); known != numbers_.end()) {
      if (files_[known->second].order > 0) return known->second;
      return refuse_loop(known->second, path, place), std::nullopt;
    }
    if (chain_.size() >= deepest_include) {
      error(diagnostics_, place, fmt::format("includes are nested more than {} deep", deepest_include),
            "put what the files say into fewer files");
      return std::nullopt;
    }
    const auto text = read_text(path, place, diagnostics_);
    if (!text) return std::nullopt;
    const std::size_t number = files_.size();
    files_.push_back({path.string()});
    if (identity) numbers_.emplace(*identity, number);
    chain_.push_back(number);
    const bool good = read(*text, number, &path, folder);
    chain_.pop_back();
    if (!good) return std::nullopt;
    return number;
  }

  void refuse_loop(std::size_t first, const fs::path& again, const Place& place) {
    std::string loop;
    for (auto file = std::find(chain_.begin(), chain_.end(), first); file != chain_.end(); ++file)
      loop += fs::path(files_[*file].name).filename().string() + " -> ";
    error(diagnostics_, place, "the file includes itself: " + loop + again.filename().string(), "remove one of the includes");
  }

  // `path` is null for a text without a file. Whether all is good that would end reading.
  bool read(std::string_view text, std::size_t number, const fs::path* path, const fs::path& folder) {
    const std::string name = files_[number].name;
    if (auto other = another_kind(text, name, "scenario", "a scenario")) return diagnostics_.push_back(*std::move(other)), false;
    auto tree = parse_toml(text, name, diagnostics_);
    if (!tree) return false;
    auto& table = std::get<Table>(tree->value);
    const auto version = check_header(table, {name}, chain_.size() <= 1, diagnostics_);
    if (!version) return false;
    const Entry* include = table.find("include");
    refuse_removals(table, *version, include || all_, diagnostics_);
    move_evidence(table, folder);
    if (path && !bring_in_tables(table, *path, diagnostics_)) return false;
    const bool beside = all_.has_value();
    OnTop on_top{*version, include != nullptr, "", false, {}};
    if (include && !read_included(*include, number, path, folder, on_top)) return false;
    if (beside) {
      on_top.below += include ? " and the files before this one" : "the files before this one";
      on_top.several = true;
    }
    put_on_top(*std::move(tree), number, std::move(on_top));
    return true;
  }

  void put_on_top(Node tree, std::size_t number, OnTop on_top) {
    auto& table = std::get<Table>(tree.value);
    const bool removes = all_ && on_top.version >= first_by_name;
    std::erase_if(table.entries, [&](const Entry& e) {
      return e.key == "format" || e.key == "version" || e.key == "include" ||
             (!removes && (e.key == "remove" || e.key == "replace"));
    });
    files_[number].order = ++read_;
    if (!all_) return void(all_ = std::move(tree));
    if (!on_top.includes) on_top.version = scenario_format_version;  // it knows of no list that it could replace
    on_top.is_included = [this, number, names = std::set<std::string>()](const std::string& file) mutable {
      if (names.empty()) names = included_by(number);
      return names.contains(file);
    };
    forget_members(std::get<Table>(all_->value), table);
    merge_scenario(std::get<Table>(all_->value), std::move(table), on_top, diagnostics_, merged_);
    all_->place = tree.place;
  }

  std::set<std::string> included_by(std::size_t number) const {
    std::set<std::string> names;
    std::vector<std::size_t> left = files_[number].includes;
    while (!left.empty()) {
      const File& file = files_[left.back()];
      left.pop_back();
      if (names.insert(file.name).second) left.insert(left.end(), file.includes.begin(), file.includes.end());
    }
    return names;
  }

  // Reads what a file includes; `on_top` takes the names.
  bool read_included(const Entry& include, std::size_t number, const fs::path* from, const fs::path& folder, OnTop& on_top) {
    const auto* list = std::get_if<Array>(&include.node.value);
    const bool several = list && !list->empty() && on_top.version > oldest_scenario_version;
    std::size_t before = 0;
    std::string last;
    for (const Node& node : several ? *list : Array{include.node}) {
      const auto file = read_included(node, from, folder, on_top.version);
      if (!file) return false;
      files_[number].includes.push_back(*file);
      const std::string& text = std::get<std::string>(node.value);
      const std::size_t order = files_[*file].order;
      if (order <= before) warn_of_order(node.place, text, last, order == before);
      before = order;
      last = text;
      on_top.several = on_top.several || !on_top.below.empty();
      on_top.below += (on_top.below.empty() ? "" : ", ") + text;
    }
    return true;
  }

  // A list says that a file is on top of one that stays above it.
  void warn_of_order(const Place& place, const std::string& name, const std::string& last, bool same) {
    diagnostics_.push_back(
        {place.file, place.line, place.column, true,
         same ? fmt::format("'{}' is the same file as '{}' before it, and counts once", name, last)
              : fmt::format("'{}' is included already and stays below '{}', though it is named after it", name, last),
         same ? "remove one of the two" : "remove it from this list: a file counts at its first place only"});
  }

  std::optional<std::size_t> read_included(const Node& file, const fs::path* from, const fs::path& folder, int version) {
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
    return reach((from->parent_path() / *name).lexically_normal(), (folder / *name).parent_path(), place);
  }

  Diagnostics& diagnostics_;
  Merged& merged_;
  std::vector<File> files_;
  std::map<FilesInUse::File, std::size_t> numbers_;
  std::vector<std::size_t> chain_;  // files being read, outermost first
  std::size_t read_ = 0;            // files that are
  std::optional<Node> all_;         // of them, merged
};

}  // namespace

std::optional<Node> load_scenario_tree(const fs::path& path, Diagnostics& diagnostics, Merged& merged) {
  return Loader(diagnostics, merged).load(path);
}

bool put_on_top(Node& root, const fs::path& path, Diagnostics& diagnostics, Merged& merged) {
  const Place file{path.string()};
  const auto text = read_text(path, file, diagnostics);
  if (!text) return false;
  if (auto other = another_kind(*text, file.file, "scenario", "a scenario"))
    return diagnostics.push_back(*std::move(other)), false;
  auto tree = parse_toml(*text, file.file, diagnostics);
  if (!tree) return false;
  auto& table = std::get<Table>(tree->value);
  const auto version = check_header(table, file, true, diagnostics);
  if (!version) return false;
  if (const Entry* include = table.find("include"))
    error(diagnostics, include->place, "an option says only what differs, and includes nothing",
          "remove the line, or compare the file as a scenario of its own");
  else if (*version < first_by_name)
    error(diagnostics, table.find("version")->place, "version 1 replaces lists whole",
          "write version = 2: then lists are merged by name");
  else if (bring_in_tables(table, path, diagnostics)) {
    const Entry* evidence = table.find("evidence");  // not used, and somebody's file all the same
    if (const auto* named = evidence ? std::get_if<std::string>(&evidence->node.value) : nullptr)
      FilesInUse::keep((path.parent_path() / *named).lexically_normal());
    std::erase_if(table.entries, [](const Entry& e) { return e.key == "format" || e.key == "version" || e.key == "evidence"; });
    const OnTop on_top{*version, false, "the scenario", false, [](const std::string&) { return true; }};
    forget_members(std::get<Table>(root.value), table);
    merge_scenario(std::get<Table>(root.value), std::move(table), on_top, diagnostics, merged);
    return true;
  }
  return false;
}

std::optional<Node> load_scenario_text(std::string_view text, const std::string& name, Diagnostics& diagnostics) {
  Merged nothing;  // a text includes none
  return Loader(diagnostics, nothing).load(text, name);
}

}  // namespace coalis::io
