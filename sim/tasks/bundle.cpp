#include "coalis/tasks/bundle.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "bundle_texts.hpp"
#include "coalis/core/shell_word.hpp"
#include "coalis/io/answers/study_json.hpp"
#include "coalis/io/hdf5/study_result.hpp"
#include "coalis/io/text/file_error.hpp"
#include "coalis/io/text/file_hash.hpp"
#include "coalis/io/text/files_in_use.hpp"
#include "coalis/io/text/output.hpp"
#include "coalis/io/text/whole_file.hpp"
#include "coalis/report/words/study_text.hpp"
#include "coalis/tasks/study_prepare.hpp"
#include "coalis/tasks/study_run.hpp"
#include "coalis/tasks/study_store.hpp"
#include "io/text/output_file.hpp"

namespace coalis {
namespace {

namespace fs = std::filesystem;

constexpr const char *inputs_folder = "inputs", *results_folder = "results", *sums_file = "SHA256SUMS";

// As they are named, so that what one names relative to another leads to its copy, too.
fs::path named_fully(const fs::path& path) { return fs::absolute(path).lexically_normal(); }

// The files that the study was read from, and the deepest folder that holds them all.
struct Inputs {
  std::set<fs::path> files;
  fs::path base;
  fs::path name(const fs::path& file) const { return named_fully(file).lexically_relative(base); }
};

Inputs inputs_of(const std::vector<fs::path>& read) {
  Inputs inputs;
  for (const fs::path& path : read) inputs.files.insert(named_fully(path));
  inputs.base = inputs.files.begin()->parent_path();
  for (const fs::path& file : inputs.files)
    while (file.lexically_relative(inputs.base).begin()->string() == "..") inputs.base = inputs.base.parent_path();
  return inputs;
}

void check_empty(const fs::path& folder) {
  std::error_code error;
  io::refuse_store(folder, folder);
  if (!fs::exists(folder, error)) return;
  if (!fs::is_directory(folder, error) || !fs::is_empty(folder, error))
    throw FileError(folder.string() + ": exists already; take another -o, or remove it");
}

// What was begun is taken away again unless it was finished, so that the same command can be given again.
class Unfinished {
 public:
  explicit Unfinished(fs::path folder) : folder_(std::move(folder)) {}
  ~Unfinished() {
    std::error_code error;
    if (!finished_) fs::remove_all(folder_, error);
  }
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;
  void finish() { finished_ = true; }

 private:
  fs::path folder_;
  bool finished_ = false;
};

void check_complete(const StudyQuestion& study, const RunStore& store) {
  const auto [done, failed, missing] = standing_of(study, store);
  if (missing > 0)
    throw FileError(fmt::format("{}: {} of {} runs are missing; do them with: {}", study.file, missing, study.runs(),
                                study_command(study, "run")));
  if (failed > 0)
    throw FileError(
        fmt::format("{}: {} of {} runs failed; a bundle has those of a whole study", study.file, failed, study.runs()));
}

// Which files a study that is read now adds to those in use.
std::vector<fs::path> read_anew(const FilesInUse& files, const std::vector<fs::path>& before) {
  std::vector<fs::path> read;
  for (const fs::path& path : files.inputs())
    if (std::find(before.begin(), before.end(), path) == before.end()) read.push_back(path);
  return read;
}

// The study as the copies have it: the same, and read from them alone.
void check_copies(const PreparedStudy& prepared, const StudyOptions& options, const Inputs& inputs, const fs::path& copies,
                  const FilesInUse& files) {
  StudyOptions copied = options;
  copied.file = (copies / inputs.name(options.file)).string();
  for (std::string& path : copied.parameters) path = (copies / inputs.name(path)).string();
  const auto before = files.inputs();
  const auto again = prepare_study(copied);
  std::set<fs::path> read;
  for (const fs::path& path : read_anew(files, before)) read.insert(named_fully(path).lexically_relative(named_fully(copies)));
  for (const fs::path& file : inputs.files)
    if (!read.contains(inputs.name(file)))
      throw FileError(file.string() + ": would not be found in another place; name it relative to the file that names it");
  if (!again.ok() || study_key(again.question->contents()) != study_key(prepared.contents()))
    throw FileError(options.file +
                    ": is another study when it is read from copies of its files; name them relative to each other");
}

std::vector<std::string> commands_of(const StudyOptions& options, const Inputs& inputs, bool answer) {
  std::string study = shell_word(inputs.name(options.file).string());
  for (const std::string& path : options.parameters) study += " --parameters " + shell_word(inputs.name(path).string());
  const std::string some = options.replicates > 0 ? fmt::format(" --replicates {}", options.replicates) : "";
  std::vector<std::string> commands{"study run " + study + some + " --quiet >/dev/null",
                                    "study export " + study + " --csv \"$results\" >/dev/null"};
  if (answer) commands.push_back("study answer " + study + some + " --json >\"$results\"/answer.json");
  return commands;
}

void write_results(const PreparedStudy& prepared, const RunStore& store, const fs::path& folder) {
  make_output_folder(folder);
  write_study_tables(folder, prepared.contents(), store, false);
  if (!prepared.question.study.answer.figures.empty())
    write_output(folder / "answer.json", json_text(prepared.question, read_findings(prepared.question, store)), false);
}

void write_inputs(const Inputs& inputs, const fs::path& folder) {
  for (const fs::path& file : inputs.files) {
    const fs::path copy = folder / inputs.name(file);
    make_output_folder(copy.parent_path());
    write_output(copy, text_of_file(file, largest_values, Empty::allowed), false);
  }
}

void write_beside(const BundleTexts& texts, const fs::path& folder) {
  write_output(folder / "README.md", bundle_readme(texts), false);
  write_output(folder / "LICENSE", licence_text(), false);
  write_output(folder / "CITATION.cff", citation_text(), false);
  write_output(folder / "rerun", rerun_script(texts), false);
  fs::permissions(folder / "rerun", fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec,
                  fs::perm_options::add);
}

// Last, so that a folder without it is known not to be whole. In the layout of sha256sum, sorted by name.
Bundle sealed(const fs::path& folder) {
  Bundle made{.folder = folder, .files = 1};
  std::set<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file() && entry.path().extension() != io::part_ending)  // one that could not be removed
      names.insert(entry.path().lexically_relative(folder).generic_string());
  std::string sums;
  for (const std::string& name : names) {
    sums += sha256_of_file(folder / name) + "  " + name + "\n";
    made.bytes += fs::file_size(folder / name), ++made.files;
    made.inputs += name.starts_with("inputs/"), made.results += name.starts_with("results/");
  }
  write_output(folder / sums_file, sums, false);
  made.bytes += sums.size();
  return made;
}

}  // namespace

Asked<Bundle> bundle(const StudyOptions& options, fs::path folder) {
  std::optional<FilesInUse> own;
  if (!FilesInUse::current()) own.emplace();
  const FilesInUse& files = *FilesInUse::current();
  const auto before = files.inputs();
  auto prepared = prepare_study(options);
  if (!prepared.ok()) return {std::nullopt, std::move(prepared.problems)};
  const Inputs inputs = inputs_of(read_anew(files, before));
  const StudyQuestion& study = prepared.question->question;
  if (folder.empty()) folder = result_path(study).replace_extension(".bundle");
  check_empty(folder);
  const RunStore store = open_store(study, Access::read);
  check_complete(study, store);
  Unfinished unfinished(folder);
  write_inputs(inputs, folder / inputs_folder);
  check_copies(*prepared.question, options, inputs, folder / inputs_folder, files);
  write_results(*prepared.question, store, folder / results_folder);
  const bool answer = !study.study.answer.figures.empty();
  write_beside({study.study.name, study.study.question, commands_of(options, inputs, answer)}, folder);
  const Bundle made = sealed(folder);
  unfinished.finish();
  return {made, std::move(prepared.problems)};
}

}  // namespace coalis
