// The page on what to do with some money: the answer in three sentences, the frontier, regrets, other amounts, what to find out.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "coalis/questions/best/answer.hpp"
#include "coalis/report/charts/charts.hpp"

namespace coalis::report {

struct BestFile {
  std::string name, hash, title, command;  // title: "" made from the scenario
};

// What money buys, of rows of the answer.
chart::Frontier best_frontier(const BestAnswer& answer, const std::vector<std::size_t>& shown);

// Throws std::out_of_range: an outcome that this program does not have.
std::string best_page(const BestAnswer& answer, const BestFile& file);

}  // namespace coalis::report
