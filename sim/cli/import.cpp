// coalis import: a scenario with its evidence from the tables that a coalition has.
#include "coalis/tasks/import.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "coalis/core/characters.hpp"
#include "coalis/core/counted.hpp"
#include "coalis/core/diagnostic.hpp"
#include "coalis/core/shell_word.hpp"
#include "coalis/io/text/file_error.hpp"
#include "commands.hpp"
#include "print.hpp"
#include "terminal.hpp"

namespace coalis::cli {
namespace {

struct ImportArguments {
  std::vector<std::string> inputs, tables;
  std::string folder, mapping, title = "Our coalition";
  ImportAnswers answers;
  bool assume = false, overwrite = false;
};

// "sheet.csv=roster"
bool add_tables(const std::vector<std::string>& tables, ImportAnswers& answers) {
  const std::vector<std::string> shapes = table_shapes();
  for (const std::string& table : tables) {
    const auto sign = table.rfind('=');
    const std::string shape = sign == table.npos ? "" : table.substr(sign + 1);
    if (std::find(shapes.begin(), shapes.end(), shape) == shapes.end()) {
      print_message("coalis import: --table {}: is not FILE=WHAT; {}\n", table, choose_advice(shape, shapes));
      return false;
    }
    answers.tables[table.substr(0, sign)] = shape;
  }
  return true;
}

void print_questions(const std::vector<ImportQuestion>& questions) {
  print_message("coalis import: {} open; nothing was written\n",
                counted(questions.size(), "question") + (questions.size() == 1 ? " is" : " are"));
  for (const ImportQuestion& question : questions) {
    std::string answers;
    for (const std::string& answer : question.answers) answers += (answers.empty() ? "" : ", ") + answer;
    print_message("  {}  {}; one of: {}\n", question.option, question.text, answers);
  }
  print_message("Answer with these options, or take the first of each with --assume\n");
}

void print_files(const ImportDone& done) {
  for (const ImportedFile& file : done.imported.files)
    print_list(
        fmt::format("{}: {}, {} used, {} left out\n", file.name, file.shape, counted(file.used, "row"), file.rows - file.used));
  for (const std::string& file : done.not_read) print_list(fmt::format("{}; not read\n", file));
  for (const std::string& sentence : done.kept) print_list(sentence + "\n");
  for (const auto& path : done.written) print_list(fmt::format("{} written\n", visible(path.string(), Lines::one)));
  const std::string scenario = shell_word(done.written.front().string());
  print_list(fmt::format("Look at {} first, then\n  coalis check {}\n  coalis run {}\n",
                         visible(done.written.back().string(), Lines::one), scenario, scenario));
}

// Why nothing came of the files.
void print_unread(const ImportDone& done) {
  for (const ImportedFile& file : done.imported.files)
    for (const auto& [reason, lines] : file.left_out)
      print_message("  {} ({}): {}, {}\n", file.name, file.shape, counted(lines.size(), "row"), reason);
  for (const std::string& file : done.not_read) print_message("  {}; not read\n", file);
}

int import_all(const ImportArguments& options) try {
  ImportWanted wanted;
  wanted.inputs.assign(options.inputs.begin(), options.inputs.end());
  wanted.folder = options.folder, wanted.mapping = options.mapping, wanted.answers = options.answers;
  const char* programs = std::getenv("PATH");
  wanted.programs = programs ? programs : "";
  wanted.title = options.title, wanted.assume = options.assume, wanted.overwrite = options.overwrite;
  if (!add_tables(options.tables, wanted.answers)) return bad_input;
  const ImportDone done = import_coalition(wanted);
  if (!print_problems("coalis import", done.problems)) {
    print_unread(done);
    return bad_input;
  }
  if (done.written.empty()) {
    print_questions(done.questions);
    return bad_input;
  }
  print_files(done);
  return success;
} catch (const FileError& error) {
  print_message("{}\n", error.what());
  return file_error;
}

}  // namespace

void add_import(CLI::App& program, int& status) {
  const auto options = std::make_shared<ImportArguments>();
  CLI::App* command =
      program.add_subcommand("import", "Make a scenario and its evidence from a coalition's own tables (CSV, workbooks)");
  command
      ->add_option("FILE", options->inputs,
                   "Tables: text (comma, semicolon, tab), workbooks (.xlsx, .ods), networks (.graphml); or a folder of them")
      ->required();
  command->add_option("-o,--output", options->folder, "Folder for what is written; made if need be")->required();
  command->add_option("--name", options->title, "Title of the scenario")->capture_default_str();
  command->add_option("--dates", options->answers.dates, "Order of dates that can be read in several: dmy, mdy, ymd")
      ->check(CLI::IsMember({"dmy", "mdy", "ymd"}));
  command
      ->add_option("--names", options->answers.names,
                   "Whose names stand in a column that is headed by 'name' or 'member': persons, organisations")
      ->check(CLI::IsMember({"persons", "organisations"}));
  command
      ->add_option("--guests", options->answers.guests,
                   "What organisations are that came and are on no list: nonmembers, members")
      ->check(CLI::IsMember({"nonmembers", "members"}));
  command->add_option("--scale", options->answers.scale, "High end of ratings in numbers: up, the highest number, or down")
      ->check(CLI::IsMember({"up", "down"}));
  command
      ->add_option("--table", options->tables, "What a file is, as FILE=roster or 'FILE: SHEET=sign-in sheet'; may be repeated")
      ->take_all()
      ->allow_extra_args(false);
  command->add_option("--mapping", options->mapping, "mapping.toml of an earlier import; without it that of the output folder");
  command->add_flag("--assume", options->assume, "Take the first answer of every open question");
  command->add_flag("--force", options->overwrite, "Replace what an earlier import has written");
  command->footer(
      "Examples:\n"
      "  coalis import tables/ -o ours/\n"
      "  coalis import members.csv attendance.csv -o ours/ --dates dmy\n"
      "Exit codes: 0 written, 2 a question is open or no organisation was found, 3 a file exists already, cannot be read or "
      "written.");
  command->callback([options, &status] { status = import_all(*options); });
}

}  // namespace coalis::cli
