// What the page shows of an explorer: lines with tabs for what it places itself, HTML, SVG and files as they are.
#pragma once

#include <string>

#include "explorer.hpp"

namespace coalis::page {

// A coalition a line: file, name, description, whether the parameter sets were fitted to it.
std::string coalitions_text(const Explorer& explorer);
// A lever a line: key, kind, words, unit, meaning, low, high, step, now, value, supported low and high, reason, names with "|".
std::string levers_text(const Explorer& explorer, std::size_t side);
// An outcome a line: name, words, what it means, and the unit that it is said in.
std::string outcomes_text();
// What can be scaled for the same money, a line each: name, words.
std::string budgets_text();
// What the model's structure can be, a line each: the switch, the rule's name, and what it says.
std::string rules_text();

// The answer: lines of a name and a text (effect, likelihood, cost, ...); `notice` may come several times.
std::string answer_text(const Explorer& explorer);
// A guess beside the answer, in sentences; "" without a guess.
std::string guess_text(const Explorer& explorer);
// The differences in all outcomes as CSV, to every digit: mean, standard error, levels, shares of runs beyond what matters.
std::string figures_text(const Explorer& explorer);
// The report's first section, of all outcomes.
std::string decision_html(const Explorer& explorer);

// Whether the answer holds under other structures; "" where none were run.
std::string structures_text(const Explorer& explorer, const ComparisonAnswer& answer);

enum class Chart { dots, fan, levels, regions };
// "" if the outcome has none.
std::string chart_svg(const Explorer& explorer, Chart chart);
std::string chart_table(const Explorer& explorer, Chart chart);  // HTML
std::string chart_csv(const Explorer& explorer, Chart chart);

// Where a side's hubs are and whom they serve, SVG and HTML; "" where none can be moved.
std::string map_svg(const Explorer& explorer, std::size_t side);
std::string map_table(const Explorer& explorer, std::size_t side);

// Hexadecimal, one a line.
std::string hashes_text(const Explorer& explorer, std::size_t coalition, std::size_t replicates);

}  // namespace coalis::page
