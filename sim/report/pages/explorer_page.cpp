#include "coalis/report/pages/explorer_page.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "coalis/report/pages/html.hpp"

namespace coalis::report {
namespace {

void fill_in(std::string& text, std::string_view place, const std::string& with) {
  const std::size_t at = text.find(place);
  if (at == text.npos) throw std::logic_error("the explorer's page has no " + std::string(place));
  text.replace(at, place.size(), with);
}

// A text in one line that no HTML can break, for decodeURIComponent().
std::string in_one_line(std::string_view text) {
  std::string line;
  for (const char c : text)
    if (std::string_view("%<\n\r").find(c) == std::string_view::npos)
      line += c;
    else
      line += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  return line;
}

std::string in_a_field(std::string text) {
  for (char& c : text)
    if (c == '\n' || c == '\t') c = ' ';
  return text;
}

// A line each: what it is and its fields, as choices.ts reads them. Of an option that levers can express, the last are those.
std::string lines_of(const ExplorerPage::Choices& choices) {
  std::string text = fmt::format("title\t{}\nsame\t{}\n", in_a_field(choices.title), choices.same_money);
  for (const std::string& sentence : choices.sentences) text += fmt::format("sentence\t{}\n", in_a_field(sentence));
  if (!choices.svg.empty()) text += fmt::format("svg\t{}\n", in_a_field(choices.svg));
  for (const auto& c : choices.list) {
    text += fmt::format("option\t{}\t{}\t{}\t{}", c.number, in_a_field(c.name), in_a_field(c.words), c.levers ? "can" : "cannot");
    if (c.levers)
      for (const std::string& lever : *c.levers) text += "\t" + in_a_field(lever);
    text += "\n";
  }
  return text;
}

// Lines of a word and base64, which no HTML can break either; parameter sets are a text.
std::string data(const ExplorerPage& page) {
  std::string text = fmt::format("program {}\n", base64(page.program));
  for (const auto& c : page.coalitions) {
    std::string hashes;
    for (const std::uint64_t hash : c.hashes) hashes += fmt::format("{}{:016x}", hashes.empty() ? "" : ",", hash);
    text += fmt::format("coalition {} {} {}\n", base64(c.file), base64(c.packed), hashes);
  }
  for (const auto& choices : page.choices)
    text += fmt::format("choices {} {}\n", choices.coalition, in_one_line(lines_of(choices)));
  if (!page.sets.empty()) text += fmt::format("sets {}\n", in_one_line(page.sets));
  return text;
}

}  // namespace

std::string base64(std::string_view bytes) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    std::uint32_t word = 0;
    for (std::size_t i = 0; i < 3; ++i)
      word = word << 8 | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0u);
    for (std::size_t i = 0; i < 4; ++i) text += at + i <= bytes.size() ? digits[word >> (18 - 6 * i) & 63] : '=';
  }
  return text;
}

std::string html(const ExplorerPage& page) {
  std::string text = explorer_template();
  fill_in(text, "{{title}}", html::escaped(page.title));
  fill_in(text, "{{data}}", data(page));
  return text;
}

}  // namespace coalis::report
