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
std::string bullets_of(const std::vector<std::string>& texts);  // with minus signs
// A text with the full stop that it lacks.
std::string ended(std::string text);
// A command, to be copied.
std::string command(std::string_view text);
// Figures side by side where there is room. Each is an SVG that carries its own title and description.
std::string figures(const std::vector<std::string>& svgs);
// What is shown when it is asked for, and on paper.
std::string folded(std::string_view title, std::string_view html);

// What a page begins with: the answer, and its picture beside it, or below it where there is no room.
struct Lead {
  std::string answer;              // a sentence of at most 25 words
  std::vector<std::string> below;  // texts: what the words mean, how much stands behind it
  std::string picture;             // SVG; "" without
  std::string beside;  // HTML that follows the answer where the picture stands beside both; below it where it does not
};
std::string lead(const Lead& lead);

struct Table {
  std::string caption;
  std::vector<std::string> head;               // texts
  std::vector<std::vector<std::string>> rows;  // texts; the first of each row heads it
};
// In a box of its own that scrolls where it is too wide.
std::string table(const Table& table);

// A whole page: Content-Security-Policy, style, no script, nothing from elsewhere. The first section is the decider's, the
// heading its question; the list of the others stands below it.
struct Page {
  std::string title, heading, subtitle;
  struct Section {
    std::string id, title, html;
    bool folded = false;
  };
  std::vector<Section> sections;
  std::string footer;
};
std::string document(const Page& page);

// SHA-256 of the style sheet in base64, as the policy names it.
std::string_view style_hash();
std::string_view style_sheet();

}  // namespace coalis::html
