// The page of what was told, a run or a story: the text that the command prints, with a chart.
#pragma once

#include <string>
#include <vector>

#include "coalis/questions/run/answer.hpp"

namespace coalis::report {

struct ToldPage {
  std::string title, subtitle;
  std::string told;               // as to_text() of the answer has it
  std::vector<std::string> svgs;  // beside it
  std::string command;            // that makes the page
  std::string answer{};           // of a run: a sentence of at most 25 words; "" of a story
  std::vector<std::string> below{};
};
std::string html(const ToldPage& page);

// Of a run, with its median and where runs lie of a level month by month. headline: an outcome; months: [replicate][month] of it,
// none if they were not kept. Throws std::out_of_range for what is no outcome.
ToldPage run_page(const RunAnswer& answer, const std::string& headline, const std::vector<std::vector<double>>& months);

}  // namespace coalis::report
