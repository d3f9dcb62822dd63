// coalis report RESULT|STUDY|SENSITIVITY|CHECK... -o report.html: a page that a layperson can read, from a comparison file, a
// study, a sensitivity result or checks of fit.
#include "coalis/tasks/report.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include "coalis/core/shell_word.hpp"
#include "coalis/io/text/files_in_use.hpp"
#include "coalis/io/text/output.hpp"
#include "coalis/tasks/page.hpp"
#include "coalis/tasks/print_pdf.hpp"
#include "coalis/tasks/study_store.hpp"
#include "commands.hpp"
#include "print.hpp"
#include "study_input.hpp"
#include "terminal.hpp"

namespace coalis::cli {
namespace {

struct ReportArguments {
  PageOptions page;
  std::string output;
  bool force = false, pdf = false;
};

// Without paths of this machine, so that the page does not depend on where it is made.
std::string command_line(const ReportArguments& options, PageOf of) {
  const PageOptions& o = options.page;
  std::string results;
  for (const std::string& result : o.results) results += " " + word_of_file(result);
  const bool on = of == PageOf::comparison || of == PageOf::study;
  return fmt::format("coalis report{} -o {}{}{}{}{}{}", results, word_of_file(options.output), on ? " --on " + o.on : "",
                     parameters_options(o.parameters), o.title.empty() ? "" : " --title " + shell_word(o.title),
                     o.question.empty() ? "" : " --question " + shell_word(o.question),
                     o.fit.empty() ? "" : " --fit " + word_of_file(o.fit));
}

int write_report(const ReportArguments& options) try {
  const PageOptions& wanted = options.page;
  const auto asked = ask(wanted);
  if (!print_problems("coalis report", asked.problems)) return bad_input;
  const std::filesystem::path html = options.output, pdf = std::filesystem::path(options.output).replace_extension(".pdf");
  std::vector<std::filesystem::path> outputs{html};
  if (options.pdf) outputs.push_back(pdf);
  check_outputs(outputs, options.force);
  const char *folders = std::getenv("PATH"), *epoch = std::getenv("SOURCE_DATE_EPOCH");
  const std::string browser = options.pdf ? find_chromium(folders ? folders : "") : "";
  const std::string command = command_line(options, *asked.question);
  Page page;
  if (*asked.question == PageOf::study) {
    const auto prepared = prepare_and_report({.file = wanted.results.front(), .parameters = wanted.parameters});
    if (!prepared) return bad_input;
    FilesInUse::keep(result_path(prepared->question));  // what `study run` has made of the same runs
    page = study_page(prepared->question, wanted, command, epoch);
  } else {
    page = make_page(*asked.question, wanted, command, epoch);
  }
  write_output(html, page.html, options.force);
  print_answer("{}\n", html.string());
  if (options.pdf) {
    print_pdf(browser, html, pdf, options.force);
    print_answer("{}\n", pdf.string());
  }
  if (!page.answer.empty()) print_text(page.answer + "\n");
  return success;
} catch (const OtherFit& error) {
  print_message("coalis report: {}\n", error.what());
  return bad_input;
} catch (const FileError& error) {
  print_message("{}\n", error.what());
  return file_error;
}

}  // namespace

void add_report(CLI::App& program, int& status) {
  const auto options = std::make_shared<ReportArguments>();
  CLI::App* command =
      program.add_subcommand("report", "Write a page that a layperson can read, from a comparison, study, sensitivity or fit");
  command
      ->add_option(
          "RESULT", options->page.results,
          "File of `coalis compare -o`, or a study file (TOML) whose runs are done, a file of `coalis sensitivity -o` or "
          "`coalis best -o`, or up to four POSTERIOR.check.json of `coalis calibrate --check`")
      ->required()
      ->expected(1, 4);
  command->add_option("-o,--output", options->output, "Page to write (HTML)")->required();
  command->add_option("--on", options->page.on, "Outcome that the answer is about")->capture_default_str();
  command->add_option("--title", options->page.title, "Title of the page; default: the scenarios' names");
  command->add_option("--question", options->page.question, "The question in a sentence");
  command->add_option("--fit", options->page.fit, "How well the model fits: POSTERIOR.check.json of `coalis calibrate --check`");
  command->add_option("--parameters", options->page.parameters, "Of a study: its parameter sets, as given to coalis study run")
      ->allow_extra_args(false);
  command->add_flag("--pdf", options->pdf, "Also print it to PDF beside the page; needs Chromium");
  command->add_flag("--force", options->force, "Replace an existing page");
  command->footer(
      "Examples:\n"
      "  coalis compare scenarios/illinois.toml scenarios/illinois-three-hubs.toml --equal-budget fte --structures engagement -o "
      "hubs.h5\n"
      "  coalis report hubs.h5 -o hubs.html --question 'One centre or three hubs, for the same money?'\n"
      "  coalis report scenarios/studies/leader-and-meetings.toml -o leader.html\n"
      "  coalis report sensitivity.json -o sensitivity.html\n"
      "  coalis report best.json -o best.html\n"
      "  coalis report scenarios/posterior/mixture.check.json scenarios/posterior/trait.check.json -o fit.html\n"
      "The page is one file without scripts; nothing is fetched. Equal files give equal bytes; its date is that of the file, or "
      "of\n"
      "SOURCE_DATE_EPOCH.\n"
      "Exit codes: 0 written, 2 the command line is wrong, 3 the page exists already or cannot be written, the result cannot be "
      "read, or\n"
      "there is no Chromium for --pdf.");
  command->callback([options, &status] { status = write_report(*options); });
}

}  // namespace coalis::cli
