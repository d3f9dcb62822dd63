// Where the program prints: whatever comes from files, paths and the command line, a terminal shows it and does not obey it. The
// line of progress is wiped first. Text for people, on lines of the terminal's width: terminal.hpp.
#pragma once

#include <fmt/format.h>

#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "coalis/core/diagnostic.hpp"

namespace coalis::cli {

// From now on messages are kept for who asks for them, and answers are nobody's: of a rank that does not lead.
void keep_messages();
std::string kept_messages();

// To standard error and standard output, control characters and what is no UTF-8 written out (core/characters.hpp).
void write_message(std::string_view text);
void write_answer(std::string_view text);

// What is wrong, a line each; problems of the question after "coalis compare: ". Whether they are warnings alone.
bool print_problems(std::string_view command, std::span<const Diagnostic> problems);

template <class... Values>
void print_message(fmt::format_string<Values...> text, Values&&... values) {
  write_message(fmt::format(text, std::forward<Values>(values)...));
}
template <class... Values>
void print_answer(fmt::format_string<Values...> text, Values&&... values) {
  write_answer(fmt::format(text, std::forward<Values>(values)...));
}

}  // namespace coalis::cli
