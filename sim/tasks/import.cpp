#include "coalis/tasks/import.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "coalis/core/characters.hpp"
#include "coalis/core/counted.hpp"
#include "coalis/core/letter_case.hpp"
#include "coalis/core/month_text.hpp"
#include "coalis/io/import/attendance_file.hpp"
#include "coalis/io/import/import_files.hpp"
#include "coalis/io/questions/evidence_file.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/io/text/file_error.hpp"
#include "coalis/io/text/file_kind.hpp"
#include "coalis/io/text/files_in_use.hpp"
#include "coalis/io/text/output.hpp"
#include "coalis/io/text/whole_file.hpp"
#include "coalis/questions/asked.hpp"
#include "coalis/questions/made_by.hpp"
#include "coalis/report/pages/import_page.hpp"
#include "io/import/decoded_text.hpp"
#include "io/text/checksum.hpp"
#include "tasks/kept_by_hand.hpp"
#include "tasks/workbooks.hpp"

namespace coalis {
namespace {

namespace fs = std::filesystem;

constexpr const char *scenario_name = "ours.toml", *evidence_name = "ours-evidence.toml",
                     *calibration_name = "ours-calibration.toml", *guests_name = "guests.csv", *mapping_name = "mapping.toml",
                     *aliases_name = "aliases.csv", *attendance_name = "ours-attendance.csv", *page_name = "check.html";

bool is_text_table(const fs::path& path) {
  const std::string extension = lower_case(path.extension().string());
  return extension == ".csv" || extension == ".tsv" || extension == ".txt" || extension == ".tab";
}

// As it is shown and written: in one line, no character that is obeyed, plain blanks.
std::string shown_name(const fs::path& path) { return io::cleaned(visible(path.string(), Lines::one)); }

std::vector<fs::path> in_folder(const fs::path& folder) {
  std::error_code error, ignored;
  std::vector<fs::path> found;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
    if (entry->is_regular_file(ignored) && !entry->path().filename().string().starts_with('.')) found.push_back(entry->path());
  if (error) throw FileError(folder.string() + ": cannot be read: " + error.message());
  std::sort(found.begin(), found.end());
  return found;
}

// Files of a folder in the order of their names; of other kinds than tables it is said that they are not read.
std::vector<fs::path> files_of(const ImportWanted& wanted, ImportDone& done) {
  std::vector<fs::path> files;
  for (const fs::path& input : wanted.inputs) {
    std::error_code ignored;
    if (!fs::is_directory(input, ignored)) {
      files.push_back(input);
      continue;
    }
    if (fs::equivalent(input, wanted.folder, ignored))
      throw FileError(wanted.folder.string() + ": is the folder of the tables; name another with -o");
    for (const fs::path& path : in_folder(input))
      if (const bool lock = path.filename().string().starts_with("~$"); !lock && (is_text_table(path) || is_workbook(path)))
        files.push_back(path);
      else
        done.not_read.push_back(
            fmt::format("{}: {}", shown_name(path.filename()), lock ? "left by a workbook that is open" : "no table of text"));
  }
  return files;
}

// Of two files of one name the folder is told, too; no more, for a path may hold a person's name.
std::vector<std::string> names_of(const std::vector<fs::path>& files) {
  std::map<std::string, int> named, given;
  for (const fs::path& path : files) ++named[shown_name(path.filename())];
  std::vector<std::string> names;
  for (const fs::path& path : files) {
    std::string name = shown_name(path.filename());
    if (named[name] > 1) name = shown_name(path.parent_path().filename() / path.filename());
    if (const int times = ++given[name]; times > 1) name += fmt::format(" ({})", times);
    names.push_back(name);
  }
  return names;
}

// Whether it may be a table: a text of no format that says what it is. UTF-16 has bytes 0, and is decoded.
bool is_text_like(const FileIdentity& found) {
  const bool has_kind = found.family == FileFamily::hdf5 || found.family == FileFamily::other || found.family == FileFamily::json;
  return found.is == "a text in UTF-16" || found.is == "no text" || (!has_kind && found.format.empty());
}

// Its sheets, those that are not read with the reason. One that cannot be read at all is an error, unless it lies in a folder
// with others.
void add_sheets(const fs::path& file, const std::string& name, const ImportWanted& wanted, std::vector<ImportInput>& inputs,
                std::vector<std::string>& not_read) {
  Workbook book = read_workbook(file, wanted.programs);
  const bool named = std::find(wanted.inputs.begin(), wanted.inputs.end(), file) != wanted.inputs.end();
  if (!book.problem.empty() && named) throw FileError(fmt::format("{}: {}", file.string(), book.problem));
  if (!book.problem.empty()) not_read.push_back(fmt::format("{}: {}", name, book.problem));
  for (WorkbookSheet& sheet : book.sheets) {
    const std::string full = sheet.name.empty() ? name : fmt::format("{}: {}", name, sheet.name);
    if (sheet.why.empty())
      inputs.push_back({full, std::move(sheet.table), sheet.name.empty() ? "GraphML" : "workbook", std::move(sheet.notes)});
    else
      not_read.push_back(fmt::format("{}: {}", full, sheet.why));
  }
}

std::vector<ImportInput> table_texts(const std::vector<fs::path>& files, const ImportWanted& wanted,
                                     std::vector<std::string>& not_read) {
  std::vector<ImportInput> inputs;
  const std::vector<std::string> names = names_of(files);
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (is_workbook(files[i])) {
      add_sheets(files[i], names[i], wanted, inputs, not_read);
      continue;
    }
    inputs.push_back({names[i], text_of_file(files[i], largest_table, Empty::allowed)});
    const std::string& bytes = inputs.back().bytes;
    for (const char* begin : {"PK\x03\x04", "\xD0\xCF\x11\xE0", "%PDF"})  // whatever the file is called
      if (bytes.starts_with(begin))
        throw FileError(files[i].string() +
                        ": is a workbook or a document and no text; call a workbook .xlsx or .ods, or save its tables as CSV");
    if (const FileIdentity found = what_is(bytes, files[i]); !is_text_like(found))
      throw FileError(fmt::format("{}: {}", files[i].string(), another_kind_text(found, "a table of text")));
  }
  return inputs;
}

// Files may be told with their folders; what is said of one that is not read is a slip.
std::map<std::string, std::string> told_tables(const std::map<std::string, std::string>& told,
                                               const std::vector<ImportInput>& inputs, std::vector<Diagnostic>& problems) {
  std::map<std::string, std::string> tables;
  std::vector<std::string> names;
  for (const ImportInput& input : inputs) names.push_back(input.name);
  for (const auto& [name, shape] : told) {
    const std::string file = shown_name(fs::path(name).filename());
    const auto found =
        std::find_if(names.begin(), names.end(), [&, &said = name](const auto& one) { return one == said || one == file; });
    if (found != names.end())
      tables[*found] = shape;
    else
      problems.push_back(option_problem("--table", fmt::format("no file '{}' is read", name), choose_advice(file, names)));
  }
  return tables;
}

// What an earlier import left is looked at, and may be written anew.
template <class Read>
auto earlier(const fs::path& path, const Read& read, std::vector<Diagnostic>& problems) {
  const FilesInUse::Looking looking;
  return read(text_of_file(path, largest_text, Empty::allowed), path.string(), problems);
}

void add_earlier_answers(ImportAnswers& answers, const ImportAnswers& before) {
  for (const auto& [own, other] : {std::pair{&answers.dates, &before.dates},
                                   {&answers.names, &before.names},
                                   {&answers.guests, &before.guests},
                                   {&answers.scale, &before.scale},
                                   {&answers.seat, &before.seat}})
    if (own->empty()) *own = *other;
  answers.tables.insert(before.tables.begin(), before.tables.end());
}

std::string lines_text(const std::vector<int>& lines) {
  std::string text;
  for (std::size_t i = 0; i < lines.size();) {
    std::size_t last = i;
    while (last + 1 < lines.size() && lines[last + 1] == lines[last] + 1) ++last;
    text += fmt::format("{}{}", text.empty() ? "" : ", ", lines[i]) + (last > i ? fmt::format("-{}", lines[last]) : "");
    i = last + 1;
  }
  return text;
}

std::vector<std::string> summary_of(const Imported& imported) {
  std::size_t listed = 0, attendances = 0;
  for (const ImportedOrganisation& organisation : imported.organisations) listed += organisation.listed;
  for (const ImportedEvent& event : imported.events) attendances += event.attended.size();
  return {fmt::format("{}, {} of them on a list of members", counted(imported.organisations.size(), "organisation"), listed),
          fmt::format("{} with {}", counted(imported.events.size(), "event"), counted(attendances, "attendance")),
          fmt::format("{} of a survey that can be compared with the simulated one", counted(imported.items.size(), "question"))};
}

report::ImportPage page_of(const ImportDone& done, const std::string& title) {
  const Imported& imported = done.imported;
  report::ImportPage page;
  page.title = title, page.program = "Coalis " + this_program().program;
  page.command = fmt::format("coalis check {}", scenario_name);
  page.summary = summary_of(imported), page.assumed = done.assumed, page.not_read = done.not_read;
  for (const ImportedFile& file : imported.files) {
    report::ImportPage::File shown{file.name, file.shape, file.encoding + (file.separator.empty() ? "" : ", ") + file.separator,
                                   file.rows, file.used,  {},
                                   file.notes};
    for (const auto& [reason, lines] : file.left_out)
      shown.left_out.push_back({reason, fmt::format("{}", lines.size()), lines_text(lines)});
    page.files.push_back(std::move(shown));
  }
  for (const ImportedMonth& month : imported_months(imported))
    page.months.push_back({month_name(month.month, 0), fmt::format("{}", month.events), fmt::format("{}", month.attendances)});
  for (const SameName& pair : imported.names)
    page.names.push_back({pair.name, pair.other, pair.same.empty() ? "not yet said" : pair.same, pair.why});
  const ImportAnswers& answers = imported.answers;
  for (const auto& [question, answer] : {std::pair{"Order of day, month and year", &answers.dates},
                                         {"Whose names stand under 'name'", &answers.names},
                                         {"Who came and is on no list", &answers.guests},
                                         {"High end of ratings in numbers", &answers.scale}})
    if (!answer->empty()) page.answers.push_back({question, *answer});
  page.not_expressed = imported.not_expressed;
  if (std::any_of(imported.events.begin(), imported.events.end(),
                  [](const ImportedEvent& event) { return event.seen && event.kind != "meeting"; }))
    page.not_expressed.push_back(
        "Who came when to trainings and outreach: the evidence has how many members came how often. The simulated survey asks "
        "those "
        "who answer it; the tables know all.");
  return page;
}

// The mapping with checksums of the others, and the page that says what was kept, last.
void write_texts(const ImportWanted& wanted, ImportDone& done, std::vector<std::pair<std::string, std::string>> texts) {
  std::vector<std::string> names{mapping_name, page_name};
  for (const auto& [name, text] : texts) names.push_back(name);
  check_outputs_in(wanted.folder, names, wanted.overwrite);
  std::map<std::string, std::string> sums;
  std::error_code ignored;
  std::vector<Diagnostic> problems;
  const auto parse = [](const std::string& text, const std::string&, std::vector<Diagnostic>&) { return parse_written(text); };
  if (const fs::path mapping = wanted.folder / mapping_name; fs::exists(mapping, ignored))
    sums = earlier(mapping, parse, problems);
  std::vector<std::pair<std::string, std::string>> ours = texts;  // aliases are read again, and their answers written again
  std::erase_if(ours, [](const auto& one) { return one.first == aliases_name; });
  for (const KeptByHand& kept : changed_by_hand(wanted.folder, ours, sums)) {
    write_output(wanted.folder / kept.kept_as, kept.text, false);
    done.kept.push_back(fmt::format("{} was changed since an earlier import: kept as {}.", kept.name, kept.kept_as));
  }
  done.assumed.insert(done.assumed.begin(), done.kept.begin(), done.kept.end());
  sums.clear();
  for (const auto& [name, text] : ours) sums[name] = io::hex(io::checksum_of(text));
  texts.emplace_back(mapping_name, mapping_text(done.imported) + written_text(sums));
  texts.emplace_back(page_name, report::html(page_of(done, wanted.title)));
  for (const auto& [name, text] : texts) {
    write_output(wanted.folder / name, text, wanted.overwrite);
    done.written.push_back(wanted.folder / name);
  }
}

void write_all(const ImportWanted& wanted, ImportDone& done) {
  const std::string evidence = imported_evidence(done.imported);
  ImportedScenario scenario = imported_scenario(done.imported, wanted.title, evidence.empty() ? "" : evidence_name);
  done.assumed.insert(done.assumed.begin(), scenario.assumed.begin(), scenario.assumed.end());
  done.imported.answers.seat = scenario.seat;
  const fs::path scenario_path = wanted.folder / scenario_name;
  for (const Diagnostic& problem : parse_scenario(scenario.complete, scenario_path.string()).diagnostics)
    if (!problem.warning) done.problems.push_back(problem);
  if (!evidence.empty())
    add_problems(done.problems, parse_evidence(evidence, (wanted.folder / evidence_name).string()).diagnostics);
  if (!done.problems.empty()) return;
  std::vector<std::pair<std::string, std::string>> texts{
      {scenario_name, scenario.text}, {members_name, scenario.members}, {aliases_name, aliases_text(done.imported)}};
  if (!scenario.ties.empty()) texts.emplace(texts.begin() + 2, ties_name, scenario.ties);
  if (!evidence.empty()) {
    texts.emplace(texts.begin() + 1, evidence_name, evidence);
    texts.emplace(texts.begin() + 2, calibration_name, imported_calibration(done.imported, wanted.title, scenario_name));
  }
  if (const std::string guests = guests_text(done.imported); !guests.empty()) texts.emplace_back(guests_name, guests);
  if (const AttendanceList list = imported_attendance(done.imported); list.table.meetings > 0)
    texts.emplace_back(attendance_name, attendance_text(list));
  write_texts(wanted, done, std::move(texts));
}

}  // namespace

ImportDone import_coalition(const ImportWanted& wanted) {
  ImportDone done;
  const std::vector<fs::path> files = files_of(wanted, done);
  const std::vector<ImportInput> inputs = table_texts(files, wanted, done.not_read);
  ImportAnswers answers = wanted.answers;
  answers.tables = told_tables(wanted.answers.tables, inputs, done.problems);
  std::vector<SameName> known;
  std::error_code ignored;
  const fs::path left = wanted.folder / mapping_name,
                 mapping = wanted.mapping.empty() && fs::exists(left, ignored) ? left : wanted.mapping;
  if (!mapping.empty()) add_earlier_answers(answers, earlier(mapping, parse_mapping, done.problems));
  // They lie beside the mapping: of another folder they are those of its import.
  fs::path aliases = wanted.folder / aliases_name;
  if (!fs::exists(aliases, ignored) && !mapping.empty()) aliases = mapping.parent_path() / aliases_name;
  if (fs::exists(aliases, ignored)) known = earlier(aliases, parse_aliases, done.problems);
  if (!done.problems.empty()) return done;
  done.imported = import_tables(inputs, answers, known);
  done.questions = done.imported.questions;
  if (!done.questions.empty() && !wanted.assume) return done;
  if (imported_members(done.imported).empty()) {
    done.problems.push_back(
        option_problem("", done.imported.organisations.empty() ? "no table tells an organisation" : "no organisation is a member",
                       "name a list of members, or who came to meetings, with a line of headings"));
    return done;
  }
  for (const ImportQuestion& question : done.questions)
    done.assumed.push_back(fmt::format("{}; taken: {}.", question.text, question.answers.front()));
  write_all(wanted, done);
  return done;
}

}  // namespace coalis
