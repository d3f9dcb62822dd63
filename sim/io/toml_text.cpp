// What can be said about a text before it is parsed: encoding and characters outside of quotes and comments.
#include <fmt/format.h>

#include "toml_tree.hpp"

namespace coalis::io {
namespace {

constexpr int deepest_key = 16;

// Length of the UTF-8 sequence at the front, 0 if it is not valid (RFC 3629).
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0u) == 0x80u; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return follows(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    if ((first == 0xE0 && byte(1) < 0xA0) || (first == 0xED && byte(1) > 0x9F)) return 0;  // overlong, surrogates
    return follows(1) && follows(2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    if ((first == 0xF0 && byte(1) < 0x90) || (first == 0xF4 && byte(1) > 0x8F)) return 0;
    return follows(1) && follows(2) && follows(3) ? 4 : 0;
  }
  return 0;
}

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
    const std::size_t length = sequence_length(text_.substr(at_));
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
    const std::size_t length = sequence_length(text_.substr(at_));
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

}  // namespace coalis::io
