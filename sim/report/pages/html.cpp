#include "coalis/report/pages/html.hpp"

#include <fmt/format.h>

#include "coalis/report/charts/chart_text.hpp"

namespace coalis::html {
namespace {

// Of what follows the decider's section.
std::string contents(const Page& page) {
  std::string items;
  for (const auto& s : page.sections)
    if (&s != &page.sections.front()) items += fmt::format("<li><a href=\"#{}\">{}</a></li>", s.id, escaped(s.title));
  return items.empty() ? "" : fmt::format("<nav aria-label=\"The rest of this page\"><ol>{}</ol></nav>\n", items);
}

// The first is called by the heading of the page: its own title is for those who hear the page.
std::string section(const Page::Section& s, bool first) {
  const std::string title = fmt::format("<h2 id=\"{}-title\"{}>{}</h2>", s.id, first ? " class=\"heard\"" : "", escaped(s.title));
  const std::string body =
      s.folded ? fmt::format("<details>\n<summary>{}</summary>\n{}</details>\n", title, s.html) : title + "\n" + s.html;
  return fmt::format("<section id=\"{}\" aria-labelledby=\"{}-title\"{}>\n{}</section>\n", s.id, s.id,
                     first ? " class=\"decider\"" : "", body);
}

}  // namespace

std::string escaped(std::string_view text) { return chart::escape(text); }

std::string with_minus_signs(std::string_view text) {
  const auto is_digit = [&](std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool begins = at == 0 || text[at - 1] == ' ' || text[at - 1] == '(';
    if (text[at] == '-' && begins && is_digit(at + 1))
      result += "\u2212";
    else
      result += text[at];
  }
  return result;
}

std::string element(std::string_view tag, std::string_view html, std::string_view attributes) {
  return fmt::format("<{}{}{}>{}</{}>\n", tag, attributes.empty() ? "" : " ", attributes, html, tag);
}
std::string paragraph(std::string_view text, std::string_view attributes) { return element("p", escaped(text), attributes); }
std::string heading(int level, std::string_view text) { return element(fmt::format("h{}", level), escaped(text)); }

std::string bullets(const std::vector<std::string>& html) {
  std::string items;
  for (const auto& item : html) items += fmt::format("<li>{}</li>\n", item);
  return element("ul", items);
}
std::string bullets_of(const std::vector<std::string>& texts) {
  std::vector<std::string> items;
  for (const std::string& text : texts) items.push_back(escaped(with_minus_signs(text)));
  return bullets(items);
}

std::string ended(std::string text) {
  if (!text.empty() && std::string_view(".?!").find(text.back()) == std::string_view::npos) text += '.';
  return text;
}

std::string command(std::string_view text) { return element("p", element("code", escaped(text))); }

std::string figures(const std::vector<std::string>& svgs) {
  std::string all;
  for (const auto& svg : svgs) all += element("figure", svg);
  return element("div", all, "class=\"figures\"");
}

std::string folded(std::string_view title, std::string_view html) {
  return fmt::format("<details>\n<summary>{}</summary>\n{}</details>\n", element("h3", escaped(title)), html);
}

std::string lead(const Lead& lead) {
  std::string said = paragraph(lead.answer, "class=\"answer\"");
  for (const std::string& text : lead.below)
    if (!text.empty()) said += paragraph(text);
  said = element("div", said, "class=\"said\"");
  if (!lead.picture.empty()) said += element("figure", lead.picture);
  if (!lead.beside.empty()) said += element("div", lead.beside, "class=\"beside\"");
  return element("div", said, "class=\"opening\"");
}

std::string table(const Table& t) {
  std::string head, body;
  for (const auto& text : t.head) head += fmt::format("<th scope=\"col\">{}</th>", escaped(text));
  for (const auto& row : t.rows) {
    body += "<tr>";
    for (std::size_t i = 0; i < row.size(); ++i)
      body += (i == 0 ? "<th scope=\"row\">" : "<td>") + escaped(row[i]) + (i == 0 ? "</th>" : "</td>");
    body += "</tr>\n";
  }
  return fmt::format(
      "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{}\"><table>\n<caption>{}</caption>\n"
      "<thead><tr>{}</tr></thead>\n<tbody>\n{}</tbody>\n</table></div>\n",
      escaped("Table: " + t.caption), escaped(t.caption), head, body);
}

std::string document(const Page& page) {
  std::string main;
  for (const auto& s : page.sections) {
    const bool first = &s == &page.sections.front();
    main += section(s, first) + (first ? contents(page) : "");
  }
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; "
      "form-action 'none'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n<style>{}</style>\n</head>\n"
      "<body>\n<a class=\"skip\" href=\"#{}\">Skip to the "
      "answer</a>\n<header>\n<h1>{}</h1>\n<p>{}</p>\n</header>\n<main>\n{}</main>\n"
      "<footer><p>{}</p></footer>\n</body>\n</html>\n",
      style_hash(), escaped(page.title), style_sheet(), page.sections.front().id, escaped(page.heading), escaped(page.subtitle),
      main, escaped(page.footer));
}

}  // namespace coalis::html
