// Which names people take for one, and which are hard to write again.
#pragma once

#include <string>
#include <string_view>

namespace coalis {

// Equal for names that look alike or become one in tables and files: letter case, composed and decomposed letters (Unicode's
// canonical equivalence), runs of blanks, and '/', which is '_' in HDF5, do not count. UTF-8; bytes that are none stay.
std::string name_key(std::string_view name);

// What is wrong with the blanks of a name, "" nothing: one at an end, or a space other than the plain one, which looks like it.
std::string blank_problem(std::string_view name);

}  // namespace coalis
