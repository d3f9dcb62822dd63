// Hashes of a file, as sha1sum and sha256sum print them.
#pragma once

#include <filesystem>
#include <string>

namespace coalis {

// 40 hexadecimal digits: names the bytes that a report was made from. Throws FileError if the file cannot be read.
std::string sha1_of_file(const std::filesystem::path& path);
// 64 hexadecimal digits: what an archive is checked by. Throws the same.
std::string sha256_of_file(const std::filesystem::path& path);

}  // namespace coalis
