// coalis report RESULT|STUDY|SENSITIVITY|CHECK... -o report.html: a page that a layperson can read, from a comparison file, a
// study, a sensitivity result or checks of fit.
#include "coalis/tasks/report.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <memory>
#include <optional>
#include <string>

#include "coalis/core/characters.hpp"
#include "coalis/io/answers/sensitivity_json.hpp"
#include "coalis/io/hdf5/comparison_file.hpp"
#include "coalis/io/questions/study_file.hpp"
#include "coalis/io/store/run_store.hpp"
#include "coalis/io/text/file_hash.hpp"
#include "coalis/io/text/file_kind.hpp"
#include "coalis/io/text/json_file.hpp"
#include "coalis/io/text/output.hpp"
#include "coalis/report/pages/sensitivity_figures.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "coalis/tasks/fit_report.hpp"
#include "commands.hpp"
#include "print.hpp"
#include "print_pdf.hpp"
#include "report_study.hpp"
#include "terminal.hpp"

namespace coalis::cli {
namespace {

struct Options {
  std::vector<std::string> results;
  std::vector<std::string> parameters;
  std::string output, on = "engaged", title, question, fit;
  bool force = false, pdf = false;
};

std::string quoted(const std::string& text) { return "'" + text + "'"; }

// What the page is of, by what the first file is, whatever its name; by its name where that cannot be told.
FileFamily family_of(const Options& o) {
  const std::string& first = o.results.front();
  const FileIdentity found = looks_like(first);
  if (found.family != FileFamily::unknown || !found.is.empty()) return found.family;
  const auto extension = std::filesystem::path(first).extension();
  return extension == ".toml" ? FileFamily::toml : extension == ".json" ? FileFamily::json : FileFamily::unknown;
}

// Without paths of this machine, so that the page does not depend on where it is made.
std::string command_line(const Options& o, FileFamily family) {
  const auto name = [](const std::string& path) { return quoted(std::filesystem::path(path).filename().string()); };
  std::string results;
  for (const std::string& result : o.results) results += " " + name(result);
  return fmt::format("coalis report{} -o {}{}{}{}{}{}", results, name(o.output),
                     family == FileFamily::json ? "" : " --on " + o.on, parameters_options(o.parameters),
                     o.title.empty() ? "" : " --title " + quoted(o.title),
                     o.question.empty() ? "" : " --question " + quoted(o.question), o.fit.empty() ? "" : " --fit " + name(o.fit));
}

int write_report(const Options& options) try {
  try {
    words_of(options.on);
  } catch (const std::out_of_range&) {
    print_message("coalis report: --on {}: there is no such outcome; coalis defaults lists them\n", options.on);
    return bad_input;
  }
  for (const auto& [option, text] : {std::pair("--title", &options.title), std::pair("--question", &options.question)}) {
    if (const auto bad = bad_character(*text, Lines::one)) {
      print_message("coalis report: {} has {}; write it in one line of characters that can be seen\n", option, bad->what);
      return bad_input;
    }
    if (!text->empty() && text->find_first_not_of(' ') == text->npos) {
      print_message("coalis report: {} is blank; write it, or leave it out\n", option);
      return bad_input;
    }
  }
  const std::filesystem::path html = options.output, pdf = std::filesystem::path(options.output).replace_extension(".pdf");
  std::vector<std::filesystem::path> outputs{html};
  if (options.pdf) outputs.push_back(pdf);
  check_outputs(outputs, options.force);
  const std::string browser = options.pdf ? find_chromium() : "";
  const std::string& result = options.results.front();
  const FileFamily family = family_of(options);
  const bool of_study = family == FileFamily::toml, of_json = family == FileFamily::json;
  const std::string command = command_line(options, family);
  if ((of_study || of_json) && !options.fit.empty()) {
    print_message("coalis report: --fit belongs to the page of a comparison; leave it out for a study or a check\n");
    return bad_input;
  }
  if (options.results.size() > 1 && !of_json) {
    print_message("coalis report: several results make a page only if they are POSTERIOR.check.json; name one\n");
    return bad_input;
  }
  if (!of_study && !options.parameters.empty()) {
    print_message("coalis report: --parameters belongs to the page of a study; of a comparison give it to coalis compare\n");
    return bad_input;
  }
  std::string text, said;
  if (of_json && options.results.size() == 1 && is_sensitivity_result(result)) {
    const report::FindingsFile file{std::filesystem::path(result).filename().string(), sha1_of_file(result)};
    text = report::html(report::sensitivity_page(read_sensitivity_findings(result), file, options.title, command));
  } else if (of_json) {
    text = report::html(read_fit_page(options.results, options.title, command));
  } else if (of_study) {
    const auto page = study_page({.file = result, .parameters = options.parameters}, command);
    if (!page) return bad_input;
    text = report::html(*page), said = page->answer;
  } else {
    const ComparisonFile file(result);
    const std::string date = page_date(file.provenance.date, std::getenv("SOURCE_DATE_EPOCH"));
    std::optional<report::FitAndChecks> fit;
    if (!options.fit.empty()) fit = read_fit(options.fit, file, result);
    const auto page =
        read_comparison_page(file, {result, options.on, options.title, options.question, std::move(fit), command, date});
    text = report::html(page);
    for (std::size_t i = 1; i < page.options.size(); ++i) {
      const Sentences s = report::answer_of(page, i);
      said += fmt::format("{}{}\n{}", said.empty() ? "" : "\n", s.effect, s.likelihood);
    }
  }
  write_output(html, text, options.force);
  print_answer("{}\n", html.string());
  if (options.pdf) {
    print_pdf(browser, html, pdf, options.force);
    print_answer("{}\n", pdf.string());
  }
  if (!said.empty()) print_text(said + "\n");
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
  const auto options = std::make_shared<Options>();
  CLI::App* command =
      program.add_subcommand("report", "Write a page that a layperson can read, from a comparison, study, sensitivity or fit");
  command
      ->add_option(
          "RESULT", options->results,
          "File of `coalis compare -o`, or a study file (TOML) whose runs are done, a file of `coalis sensitivity -o`, or up to "
          "four POSTERIOR.check.json of `coalis calibrate --check`")
      ->required()
      ->expected(1, 4);
  command->add_option("-o,--output", options->output, "Page to write (HTML)")->required();
  command->add_option("--on", options->on, "Outcome that the answer is about")->capture_default_str();
  command->add_option("--title", options->title, "Title of the page; default: the scenarios' names");
  command->add_option("--question", options->question, "The question in a sentence");
  command->add_option("--fit", options->fit, "How well the model fits: POSTERIOR.check.json of `coalis calibrate --check`");
  command->add_option("--parameters", options->parameters, "Of a study: its parameter sets, as given to coalis study run")
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
