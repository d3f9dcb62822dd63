// Tables of an earlier export that the one under way does not write.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace coalis::io {

// Removes the tables that the folder's data-dictionary.csv lists and `written` does not have, and returns their names. A file
// that does not have the columns that are listed of it is somebody's own, and stays.
std::vector<std::string> remove_earlier_tables(const std::filesystem::path& folder, std::span<const std::string> written);

}  // namespace coalis::io
