// The terminal. It has one line of progress at most, and whoever prints wipes it first.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace coalis::cli {

// Columns of standard output: the terminal's (or COLUMNS, where it does not say), at least 40; 80 if it is no terminal.
std::size_t line_width();

// Text for people, on lines of that width (report/words/plain_text.hpp). It and lists go through write_answer (print.hpp).
void print_text(std::string_view text);

// A list of one item a line: on lines of that width on a terminal, as it is elsewhere, where other programs read it.
void print_list(std::string_view text);

// A message on lines of the width of standard error where that is a terminal; as it is elsewhere.
std::string fitted_message(const std::string& text);

// For what is shown again and again in one place; only where standard output is a terminal.
void clear_screen();

// Whether a line of progress can be shown: standard error is a terminal that can wipe it.
bool shows_progress();
// Shows the line in place of the one before, cut at the terminal's width. For one thread at a time.
void show_progress(std::string_view line);
// Nothing of it stays; does nothing if none is shown.
void wipe_progress();

}  // namespace coalis::cli
