// What can be said about a text before it is parsed: encoding and characters outside of quotes and comments; and after it: which
// characters its names and texts have.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "coalis/core/characters.hpp"
#include "toml_tree.hpp"

namespace coalis::io {
namespace {

constexpr int deepest_key = 16;

// Of texts that stand in tables, charts and lists of names. Others may have several lines: a description, a question, a note.
constexpr std::array<std::string_view, 6> one_line_keys{"name", "id", "categories", "scenarios", "path", "values"};

// Walks over the text; inside of strings and comments only the encoding is checked.
class TextCheck {
 public:
  TextCheck(std::string_view text, const std::string& file) : text_(text), file_(file) {}

  std::optional<Diagnostic> run() {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;  // byte order mark
    while (!problem_ && at_ < text_.size()) step();
    return problem_;
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  bool sees(std::string_view what) const { return text_.substr(at_, what.size()) == what; }

  // One character on, of any kind that text may hold.
  void advance() {
    const std::size_t length = at_ < text_.size() ? first_character(text_.substr(at_)).bytes : 0;
    const auto byte = static_cast<unsigned char>(peek());
    if (length == 0) {
      return fail(fmt::format("the byte 0x{:02X} is no UTF-8 text", byte), "save the file as UTF-8");
    }
    if (sees("\r\n")) {
      ++at_;  // the line ends with the next character
      return;
    }
    if ((byte < 0x20 && byte != '\t' && byte != '\n') || byte == 0x7F) {
      return fail(fmt::format("the control character 0x{:02X}", byte), "a scenario is a text file; remove the character");
    }
    at_ += length;
    ++column_;
    if (byte == '\n') {
      ++line_;
      column_ = 1;
    }
  }
  void advance(std::size_t characters) {
    for (std::size_t i = 0; i < characters && !problem_ && at_ < text_.size(); ++i) advance();
  }

  void step() {
    const char c = peek();
    if (c == '#') return skip_comment();
    if (c == '"' || c == '\'') return skip_string(c);
    if (c == '[' && line_blank_ && depth_ == 0) return enter_header();
    if (c == '[' || c == '{') ++depth_;
    if ((c == ']' || c == '}') && depth_ > 0) --depth_;
    if (c == '.' && ++dots_ > deepest_key) {
      return fail("a key nested too deep", fmt::format("use at most {} names in a key", deepest_key));
    }
    const bool blank = c == ' ' || c == '\t' || c == '\r';
    if (std::string_view("\n,=[]{}").find(c) != std::string_view::npos)
      dots_ = 0;
    else if (!blank && c != '.' && c != '+' && c != ':' && !is_bare(c))
      return fail_unexpected();
    line_blank_ = c == '\n' || (line_blank_ && blank);
    advance();
  }

  void skip_comment() {
    while (!problem_ && at_ < text_.size() && peek() != '\n') advance();
  }

  void skip_string(char quote) {
    line_blank_ = false;
    const std::string triple(3, quote);
    const int line = line_, column = column_;
    const bool multiline = sees(triple);
    advance(multiline ? 3 : 1);
    while (!problem_ && at_ < text_.size()) {
      if (multiline && sees(triple)) {
        advance(3);
        while (peek() == quote) advance();  // up to two quotes may stand before the closing three
        return;
      }
      if (!multiline && peek() == quote) return advance();
      if (!multiline && peek() == '\n') break;
      advance(quote == '"' && peek() == '\\' ? 2 : 1);
    }
    if (problem_) return;
    line_ = line;
    column_ = column;
    fail("a text that is not closed", fmt::format("end it with {}", multiline ? triple : std::string(1, quote)));
  }

  void enter_header() {
    line_blank_ = false;
    dots_ = 0;
    advance(sees("[[") ? 2 : 1);
    while (peek() == ' ' || peek() == '\t') advance();
    const auto byte = static_cast<unsigned char>(peek());
    if (byte >= 0x80 || is_bare(peek()) || peek() == '"' || peek() == '\'') return;
    fail("a table header without a name", "write [name] or [[name]]");
  }

  void fail_unexpected() {
    const std::size_t length = at_ < text_.size() ? first_character(text_.substr(at_)).bytes : 0;
    const auto byte = static_cast<unsigned char>(peek());
    if (length == 0 || byte < 0x20 || byte == 0x7F) return advance();  // says what is wrong
    fail(fmt::format("the character '{}' outside of quotes", text_.substr(at_, length)),
         byte >= 0x80 ? "put names and texts beyond ASCII in quotes" : "put texts in quotes, comments after #");
  }

  void fail(std::string problem, std::string advice) {
    problem_ = Diagnostic{file_, line_, column_, false, std::move(problem), std::move(advice)};
  }

  std::string_view text_;
  const std::string& file_;
  std::size_t at_ = 0;
  int line_ = 1;
  int column_ = 1;
  int depth_ = 0;  // of brackets and braces
  int dots_ = 0;   // of the key so far
  bool line_blank_ = true;
  std::optional<Diagnostic> problem_;
};

}  // namespace

std::optional<Diagnostic> check_text(std::string_view text, const std::string& file) { return TextCheck(text, file).run(); }

std::optional<Diagnostic> check_table_text(std::string_view text, const std::string& file) {
  int line = 1;
  for (std::size_t at = 0; at < text.size(); ++line) {
    const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
    std::string_view one = text.substr(at, end - at);
    const std::size_t mark = line == 1 && one.starts_with("\xEF\xBB\xBF") ? 3 : 0;  // byte order mark
    one.remove_prefix(mark);
    if (const auto bad = bad_character(one, Lines::many))
      return Diagnostic{file,  line,      static_cast<int>(mark + bad->at) + 1,
                        false, bad->what, "a table is a text file; write characters that can be seen"};
    at = end + (text.substr(end).starts_with("\r\n") ? 2 : 1);
  }
  return std::nullopt;
}

void check_characters(std::string_view key, const Node& node, std::vector<Diagnostic>& diagnostics) {
  const auto check = [&](std::string_view text, const Place& place, Lines lines, std::string_view what) {
    const auto bad = bad_character(text, lines);
    if (!bad) return;
    diagnostics.push_back(
        {place.file, place.line, place.column, false, fmt::format("{} has {}", what, bad->what),
         lines == Lines::one ? "write characters that can be seen, in one line" : "write characters that can be seen, in lines"});
  };
  if (const auto* text = std::get_if<std::string>(&node.value)) {
    const bool name = std::find(one_line_keys.begin(), one_line_keys.end(), key) != one_line_keys.end();
    check(*text, node.place, name ? Lines::one : Lines::many, fmt::format("the text of '{}'", key));
  } else if (const auto* array = std::get_if<Array>(&node.value)) {
    for (const Node& item : *array) check_characters(key, item, diagnostics);
  } else if (const auto* table = std::get_if<Table>(&node.value)) {
    for (const Entry& entry : table->entries) {
      check(entry.key, entry.place, Lines::one, fmt::format("the key '{}'", entry.key));
      check_characters(entry.key, entry.node, diagnostics);
    }
  }
}

}  // namespace coalis::io
