// Keys of a scenario in words, for readers who never see the file: what a field row says that the key is.
#pragma once

#include <string>
#include <string_view>

namespace coalis {

// "Paid coordination, full-time equivalents (Chicago)" of hubs.Chicago.fte; the path itself if no row has its key.
std::string setting_words(std::string_view path);

// A text in which every path of a key that has a row stands as its words, in quotes.
std::string spoken(std::string_view text);

}  // namespace coalis
