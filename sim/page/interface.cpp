// What the page calls, in plain numbers. Bytes go in through input(), texts come out through text(); what is wrong is error().
// One explorer for all calls; what cannot be goes on to thrown.cpp.
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>

#include "explorer.hpp"
#include "texts.hpp"

#ifdef __wasm__
#define COALIS_EXPORT(name) __attribute__((export_name(#name)))
#else
#define COALIS_EXPORT(name)
#endif

namespace coalis::page {
namespace {

Explorer explorer;
std::string taken, given;  // bytes that come in, text that goes out

std::size_t at(std::uint32_t number) { return number; }

// The number of a text is its place here; page.ts has the same list.
std::string text_of(std::uint32_t number, std::uint32_t of) {
  switch (number) {
    case 0: return explorer.error();
    case 1: return coalitions_text(explorer);
    case 2: return levers_text(explorer, at(of));
    case 3: return outcomes_text();
    case 4: return budgets_text();
    case 5: return rules_text();
    case 6: return answer_text(explorer);
    case 7: return figures_text(explorer);
    case 8: return decision_html(explorer);
    case 9: return chart_svg(explorer, static_cast<Chart>(of));
    case 10: return chart_table(explorer, static_cast<Chart>(of));
    case 11: return chart_csv(explorer, static_cast<Chart>(of));
    case 12: return explorer.file_of(at(of));
    case 13: return std::string(model_version);
    case 14: return map_svg(explorer, at(of));
    case 15: return map_table(explorer, at(of));
    case 16: return guess_text(explorer);
    default: return "";
  }
}

}  // namespace

extern "C" {

// Room for so many bytes, of which the next call that takes bytes makes use.
COALIS_EXPORT(input) char* input(std::uint32_t size) {
  taken.resize(size);
  return taken.data();
}

// The version of the program that made the page.
COALIS_EXPORT(identify) void identify() { explorer.program = taken; }
// A coalition: its file's name, a line break, its scenario as bytes.
COALIS_EXPORT(add_coalition) std::uint32_t add_coalition() {
  const std::size_t end = taken.find('\n');
  if (end == taken.npos) return 0;
  return explorer.add_coalition(taken.substr(0, end), std::string_view(taken).substr(end + 1)) ? 1 : 0;
}
COALIS_EXPORT(add_sets) std::uint32_t add_sets() { return explorer.add_sets(taken) ? 1 : 0; }

COALIS_EXPORT(begin_from) void begin_from(std::uint32_t side, std::uint32_t coalition) {
  if (at(side) < Explorer::sides && at(coalition) < explorer.coalitions().size()) explorer.begin_from(side, coalition);
}
COALIS_EXPORT(set) void set(std::uint32_t side, std::uint32_t lever, double value) {
  if (at(side) < Explorer::sides && at(lever) < explorer.coalitions().at(explorer.coalition_of(side)).levers.size())
    explorer.set(side, lever, value);
}
// What is asked: the outcome's name; what is scaled for the same money, "" nothing.
COALIS_EXPORT(ask_about) void ask_about() { explorer.outcome = taken; }
COALIS_EXPORT(same_money) void same_money() { explorer.same_money = taken; }
// Of each switch the number of the rule, -1 as the coalition has it.
COALIS_EXPORT(rules) void rules(std::int32_t engagement, std::int32_t decision, std::int32_t influence) {
  explorer.rules = {engagement, decision, influence};
}
COALIS_EXPORT(with_sets) void with_sets(std::uint32_t use) { explorer.with_sets = use != 0; }
COALIS_EXPORT(with_structures) void with_structures(std::uint32_t use) { explorer.with_structures = use != 0; }
COALIS_EXPORT(luck) void luck(std::uint32_t seed) { explorer.seed = seed; }
// What somebody expects of the difference; what is no number takes it back.
COALIS_EXPORT(guess) void guess(double value) { explorer.guess = std::isfinite(value) ? std::optional(value) : std::nullopt; }

COALIS_EXPORT(begin) std::uint32_t begin(std::uint32_t replicates) { return explorer.begin(replicates) ? 1 : 0; }
COALIS_EXPORT(pairs_asked) std::uint32_t pairs_asked() { return static_cast<std::uint32_t>(explorer.pairs_asked()); }
COALIS_EXPORT(run) std::uint32_t run(std::uint32_t count) { return static_cast<std::uint32_t>(explorer.run(count)); }

// A text of text_of(), of the last call until the next; its size.
COALIS_EXPORT(text) const char* text(std::uint32_t number, std::uint32_t of) {
  given = text_of(number, of);
  return given.data();
}
COALIS_EXPORT(text_size) std::uint32_t text_size() { return static_cast<std::uint32_t>(given.size()); }

// Runs the first replicates of a coalition as it is; their hashes are the text.
COALIS_EXPORT(prove) const char* prove(std::uint32_t coalition, std::uint32_t replicates) {
  given = at(coalition) < explorer.coalitions().size() ? hashes_text(explorer, coalition, replicates) : "";
  return given.data();
}

}  // extern "C"

}  // namespace coalis::page
