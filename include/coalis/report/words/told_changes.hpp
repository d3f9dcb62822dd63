// What is set otherwise, as people would tell it: "half a post in West", not a key and a number.
#pragma once

#include <string>
#include <vector>

#include "coalis/questions/scenario_differences.hpp"
#include "coalis/report/words/value_words.hpp"

namespace coalis {

// "half a post", "0.11 of a post", "no paid post".
std::string post_words(double posts);

// A value that a key is given: "half a post in West", "\"meetings\" 12 a year"; else "what the key is: value".
// paths: of keys that take one value; value: as TOML.
std::string told_setting(const std::vector<std::string>& paths, const std::string& value);

// What the other does otherwise, each in at most 25 words; of many the first, and how many more there are.
std::vector<std::string> told_changes(const std::vector<Difference>& differences, const Calendar& calendar);

}  // namespace coalis
