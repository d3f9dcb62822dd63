// Keys of a scenario in words, for readers who never see the file: what a field row says that the key is.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace coalis {

// "Paid coordination, full-time equivalents (Chicago)" of hubs.Chicago.fte; the path itself if no row has its key.
std::string setting_words(std::string_view path);

// Of paths that have one value: "Appeal of an event of this kind (meeting and outreach)".
std::string setting_words(std::span<const std::string> paths);
// "kinds.meeting.base and kinds.outreach.base"
std::string with_others(std::string_view path, std::span<const std::string> also);

// A text in which every path of a key that has a row stands as its words, in quotes.
std::string spoken(std::string_view text);

}  // namespace coalis
