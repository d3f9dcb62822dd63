// SHA-1 of a file, as sha1sum prints it: names the bytes that a report was made from.
#pragma once

#include <filesystem>
#include <string>

namespace coalis {

// 40 hexadecimal digits. Throws ResultError if the file cannot be read.
std::string sha1_of_file(const std::filesystem::path& path);

}  // namespace coalis
