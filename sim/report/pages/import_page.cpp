#include "coalis/report/pages/import_page.hpp"

#include <fmt/format.h>

#include "coalis/report/pages/html.hpp"

namespace coalis::report {
namespace {

std::string escaped_bullets(const std::vector<std::string>& texts, const char* none) {
  if (texts.empty()) return html::paragraph(none);
  std::vector<std::string> items;
  for (const std::string& text : texts) items.push_back(html::escaped(text));
  return html::bullets(items);
}

std::string table_or(const html::Table& table, const char* none) {
  return table.rows.empty() ? html::paragraph(none) : html::table(table);
}

std::string read_files(const ImportPage& page) {
  html::Table files{"Every row is used or listed below", {"File", "What it is", "Form", "Rows", "Used", "Left out"}, {}};
  for (const ImportPage::File& file : page.files)
    files.rows.push_back({file.name, file.what, file.form, fmt::format("{}", file.rows), fmt::format("{}", file.used),
                          fmt::format("{}", file.rows - file.used)});
  std::string text = html::table(files);
  for (const ImportPage::File& file : page.files)
    if (!file.notes.empty()) text += html::heading(3, file.name) + escaped_bullets(file.notes, "");
  return text;
}

std::string left_out(const ImportPage& page) {
  std::string text;
  for (const ImportPage::File& file : page.files)
    if (!file.left_out.empty()) text += html::table({file.name, {"Why", "Rows", "Lines"}, file.left_out});
  if (!page.not_read.empty()) text += html::heading(3, "Files that were not read") + escaped_bullets(page.not_read, "");
  return text.empty() ? html::paragraph("Nothing.") : text;
}

std::string names(const ImportPage& page) {
  return html::paragraph(
             "These names may be one organisation. None is taken as one with another unless aliases.csv says yes beside it, or "
             "only letter case, "
             "blanks or signs differ. Write yes or no there, and import again.") +
         table_or({"Names", {"Name", "Other", "Taken as one", "Why"}, page.names}, "No two names are alike.");
}

}  // namespace

std::string html(const ImportPage& page) {
  return html::document(
      {page.title,
       page.title,
       "What was read of your tables, what was left out and why, and what is assumed. Look here before you believe an answer.",
       {{"read", "What was read", escaped_bullets(page.summary, "Nothing.") + read_files(page)},
        {"left-out", "What was left out, and why", left_out(page)},
        {"months", "Events and attendances by month",
         table_or({"By month", {"Month", "Events", "Attendances"}, page.months}, "No event has a date.")},
        {"names", "Names that may be the same", names(page)},
        {"assumed", "What is assumed",
         escaped_bullets(page.assumed, "Nothing.") +
             table_or({"Answers to questions", {"Question", "Answer"}, page.answers}, "No question was open.")},
        {"not-yet", "What the tables say and a scenario cannot hold", escaped_bullets(page.not_expressed, "Nothing.")}},
       fmt::format("Made by {}. Organisations only: names of persons, addresses and e-mails are not kept.", page.program)});
}

}  // namespace coalis::report
