// Which names people take for one, and which are hard to write again.
#pragma once

#include <string>
#include <string_view>

namespace coalis {

// Equal for names that look alike or become one in tables and files: letter case, composed and decomposed letters (Unicode's
// canonical equivalence), runs of blanks, and '/', which is '_' in HDF5, do not count. UTF-8; bytes that are none stay.
std::string name_key(std::string_view name);

// Whether nothing of it can be seen: empty, or plain spaces, joiners, variation selectors, marks without a letter.
bool is_blank(std::string_view name);

// What is wrong with the blanks of a name, "" nothing: one at an end, a space other than the plain one, which looks like it, or
// nothing at all that can be seen.
std::string blank_problem(std::string_view name);

}  // namespace coalis
