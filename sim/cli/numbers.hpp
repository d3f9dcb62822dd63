// Numbers of the command line: every numeric option is taken as text and read here. Decimal digits alone (010 is ten), complete,
// without a sign, in range, finite; all else is refused with the name of the option and what it takes. CLI11 2.1 would wrap
// negative and too large numbers, take nothing for 0 and 010 for 8.
#pragma once

#include <CLI/CLI.hpp>
#include <concepts>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "coalis/ensemble/resources.hpp"

namespace coalis::cli {

struct WholeRange {
  std::uint64_t least = 0, most = std::numeric_limits<std::uint64_t>::max();
};
// All that a type holds, from `least` on.
template <std::integral Whole>
WholeRange from(std::uint64_t least) {
  return {least, static_cast<std::uint64_t>(std::numeric_limits<Whole>::max())};
}

inline constexpr WholeRange thread_range{0, most_threads};

// Throw CLI::ValidationError, which ends the program with exit code bad_input before anything is done.
std::uint64_t whole_number(const std::string& option, const std::string& text, const WholeRange& range);
double number_above_0(const std::string& option, const std::string& text);

// What stands between the commas of a list, also nothing.
std::vector<std::string> items_of(const std::string& list);

// How `--help` names what an option takes: "N in [1, 1024]", "N >= 1".
std::string range_words(const WholeRange& range);

// An option that takes one whole number. Without `shown` the help does not say the value that `into` has, its default.
template <std::integral Whole>
CLI::Option* add_whole(CLI::App& command, const std::string& option, Whole& into, const WholeRange& range,
                       const std::string& meaning, bool shown = true) {
  const auto read = [option, &into, range](const CLI::results_t& texts) {
    into = static_cast<Whole>(whole_number(option, texts.at(0), range));
    return true;
  };
  CLI::Option* added = command.add_option(option, read, meaning)->type_name(range_words(range));
  return shown ? added->default_str(std::to_string(into)) : added;
}

// An option that takes one or more, with commas between them or as arguments of their own.
template <std::integral Whole>
CLI::Option* add_wholes(CLI::App& command, const std::string& option, std::vector<Whole>& into, const WholeRange& range,
                        const std::string& meaning) {
  const auto read = [option, &into, range](const CLI::results_t& texts) {
    into.clear();
    for (const std::string& text : texts)
      for (const std::string& item : items_of(text)) into.push_back(static_cast<Whole>(whole_number(option, item, range)));
    return true;
  };
  return command.add_option(option, read, meaning)
      ->type_name(range_words(range) + ",...")
      ->expected(1, CLI::detail::expected_max_vector_size);
}

// An option that takes names with commas between them, in one word: what follows is not taken for more of them. May be repeated.
CLI::Option* add_names(CLI::App& command, const std::string& option, std::vector<std::string>& into, const std::string& meaning);

// An option that takes one number above 0.
CLI::Option* add_above_0(CLI::App& command, const std::string& option, double& into, const std::string& meaning);

}  // namespace coalis::cli
