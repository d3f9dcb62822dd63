// The page on what to do with some money: the answer in three sentences, the frontier, regrets, other amounts, what to find out.
#pragma once

#include <string>

#include "coalis/questions/best/answer.hpp"

namespace coalis::report {

struct BestFile {
  std::string name, hash, title, command;  // title: "" made from the scenario
};

// Throws std::out_of_range: an outcome that this program does not have.
std::string best_page(const BestAnswer& answer, const BestFile& file);

}  // namespace coalis::report
