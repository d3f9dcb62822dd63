// What a question of a survey asks, by its words.
#pragma once

#include <string>

namespace coalis::io {

// The form of a column's answers. Words: of a known scale.
enum class AnswerForm { none, yes_or_no, numbers, words, open };

// The item of the simulated survey that the question asks for; "" none.
std::string measured(const std::string& question, AnswerForm form);

// "in the last 12 months", "in the past year": how many months; 0: no such words.
int months_asked(const std::string& question);

// Which end of the numbers is high, "up" or "down", if the question says it: "1 = poor", "5 = excellent"; else "".
std::string direction_told(const std::string& question);

}  // namespace coalis::io
