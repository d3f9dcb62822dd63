#include "coalis/report/pages/import_page.hpp"

#include <fmt/format.h>

#include "coalis/core/counted.hpp"
#include "coalis/report/charts/charts.hpp"
#include "coalis/report/pages/html.hpp"
#include "coalis/report/words/plain_text.hpp"

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

std::string rows_said(int rows) { return counted(rows, "row"); }

int all_rows(const ImportPage& page, bool used) {
  int rows = 0;
  for (const ImportPage::File& file : page.files) rows += used ? file.used : file.rows;
  return rows;
}

std::string import_answer(const ImportPage& page) {
  const int rows = all_rows(page, false), used = all_rows(page, true);
  const std::string files = counted(page.files.size(), "table");
  const std::string other = page.not_read.empty() ? ""
                                                  : fmt::format(" {} {} not read.", counted(page.not_read.size(), "file"),
                                                                page.not_read.size() == 1 ? "was" : "were");
  if (rows == 0) return "No row of your tables could be used." + other;
  if (rows == used) return fmt::format("Every one of the {} of {} was used.{}", rows_said(rows), files, other);
  return fmt::format("Of {} in {}, {} {} used; {} {} left out, {}.{}", rows_said(rows), files, used, used == 1 ? "was" : "were",
                     rows - used, rows - used == 1 ? "was" : "were",
                     rows - used == 1 ? "for the reason below" : "each with its reason", other);
}

// "left out: 5, 17 %": a bar is drawn as its share. Few are not said to be none, nor most to be all.
std::string of_rows(const char* what, int some, int all) {
  const double share = all > 0 ? 100.0 * some / all : 0;
  const std::string percent = some > 0 && share < 0.5 ? "under 1" : some < all && share >= 99.5 ? "over 99" : fixed(share, 0);
  return fmt::format("{}: {}, {} %", what, some, percent);
}

// Rows of each table that were used, and that were not.
std::string import_picture(const ImportPage& page) {
  constexpr std::size_t drawn = 5;
  chart::Bars bars;
  bars.caption.id = "rows", bars.caption.title = "Rows of each table: used, and left out";
  bars.caption.subtitle = "Bars: of 100 rows of the table";
  bars.options = {{"A", "used"}, {"B", "left out"}};
  bars.letters = false;
  for (const ImportPage::File& file : page.files) {
    if (bars.groups.size() == drawn) break;
    auto& group = bars.groups.emplace_back();
    group.quantity = {fmt::format("{}: {}, {}", file.what, file.name, rows_said(file.rows)), "", 1, 0, ""};
    group.whole = file.rows;
    group.bars = {{double(file.used), {}, of_rows("used", file.used, file.rows)},
                  {double(file.rows - file.used), {}, of_rows("left out", file.rows - file.used, file.rows)}};
  }
  if (page.files.size() > drawn) bars.note = fmt::format("{} below.", counted(page.files.size() - drawn, "more table"));
  return bars.groups.empty() ? "" : chart::svg(bars);
}

std::string decider_part(const ImportPage& page) {
  std::string next = "Look at what is assumed below, and at names that may be the same. Then check the scenario, and ask.";
  return html::lead({import_answer(page),
                     {"A row left out is not in any answer. Whoever is missing here is missing there.",
                      "Evidence: what your tables say, no more. What they leave open is assumed, and listed below."},
                     import_picture(page),
                     html::heading(3, "What was read") + escaped_bullets(page.summary, "Nothing.")}) +
         html::heading(3, "What to do next") + html::paragraph(next) + (page.command.empty() ? "" : html::command(page.command));
}

}  // namespace

std::string html(const ImportPage& page) {
  return html::document(
      {page.title,
       "Were your tables read as they are meant?",
       page.title + ": what was read, what was left out and why, and what is assumed. Look here before you believe an answer.",
       {{"answer", "What was read of your tables", decider_part(page)},
        {"read", "Every table", read_files(page)},
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
