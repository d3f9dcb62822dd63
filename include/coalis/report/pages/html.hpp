// HTML as text: the few elements that reports are made of. Whatever is called `text` is escaped here; whatever is called `html`
// must have come from here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace coalis::html {

std::string escaped(std::string_view text);
// With a minus sign before numbers that have a hyphen, as in a terminal.
std::string with_minus_signs(std::string_view text);

// <tag>html</tag>; attributes as written: `class="lead"`.
std::string element(std::string_view tag, std::string_view html, std::string_view attributes = "");
std::string paragraph(std::string_view text, std::string_view attributes = "");
std::string heading(int level, std::string_view text);
std::string bullets(const std::vector<std::string>& html);
// <section> with an id and a heading of level 2.
std::string section(std::string_view id, std::string_view title, std::string_view html);
// Figures side by side where there is room. Each is an SVG that carries its own title and description.
std::string figures(const std::vector<std::string>& svgs);

struct Table {
  std::string caption;
  std::vector<std::string> head;               // texts
  std::vector<std::vector<std::string>> rows;  // texts; the first of each row heads it
};
// In a box of its own that scrolls where it is too wide.
std::string table(const Table& table);

// A whole page: Content-Security-Policy, style, no script, nothing from elsewhere.
struct Page {
  std::string title, heading, subtitle;
  struct Section {
    std::string id, title, html;
  };
  std::vector<Section> sections;
  std::string footer;
};
std::string document(const Page& page);

// SHA-256 of the style sheet in base64, as the policy names it.
std::string_view style_hash();
std::string_view style_sheet();

}  // namespace coalis::html
