// What a coalition can choose with some money: combinations of ready-made options, the rest of the money for staff.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "coalis/model/scenario.hpp"
#include "coalis/questions/policy/option.hpp"

namespace coalis {

// Things that are chosen one beside the other: each has settings, ready-made options by name, the first "": as it is.
struct Menu {
  struct Choice {
    std::vector<std::string> settings;
    std::size_t coarse = 0;  // those of the first round; the others are tried near what is best
    bool way = false;        // of coordinating: from where and by whom, on which what pays among the others depends
  };
  std::vector<Choice> choices;
};
// All that makes sense for the scenario but staff.
Menu menu_of(const Scenario& scenario);

// What a change of an option is called in its name: "0.5 posts in all" of "staff 0.5"; others by themselves.
std::string change_said(const std::string& change);

struct Combination {
  std::size_t money = 0;              // index into the amounts
  std::vector<std::size_t> settings;  // one a choice of the menu
  auto operator<=>(const Combination&) const =
      default;  // NOLINT(modernize-use-nullptr): clang-tidy 14 sees the 0 that it is compared with
};

// A combination as it would be run.
struct Possible {
  Combination of;
  PolicyOption option;
  Scenario scenario;
  double cost = 0;  // planned, USD a year from the first month of the options on
};
// With as much staff as the money leaves, at most a post a hub, in hundredths of a post (none where members convene); nothing if
// it costs more all the same. from: the month in which options begin.
std::optional<Possible> possible(const Scenario& scenario, const Menu& menu, const Combination& of, double money, int from);

// What costs least of all combinations, with no staff: found choice by choice.
struct Cheapest {
  std::vector<std::size_t> settings;
  double cost = 0;
};
Cheapest cheapest(const Scenario& scenario, const Menu& menu, int from);

// A first round that fills the space: a Latin hypercube over money and choices; what is on or off is mostly off. With it, for
// every amount, everything as it is, and for the amount `all` every setting alone. Each once.
std::vector<Combination> first_round(const Menu& menu, std::size_t amounts, std::size_t all, std::size_t points,
                                     std::uint64_t seed);
// The settings of the choices that are a way of coordinating.
std::vector<std::size_t> way_of(const Menu& menu, const Combination& of);
// Those that differ from it in one choice, all settings, and the same with the other amounts.
std::vector<Combination> neighbours(const Menu& menu, const Combination& of, std::size_t amounts);

}  // namespace coalis
