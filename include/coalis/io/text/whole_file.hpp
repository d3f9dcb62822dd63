// The one reader of whole files: regular files only, read to the end or not at all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace coalis {

struct WholeFile {
  std::string text;
  std::string problem, advice;  // why it could not be read ("it is a folder") and what to do; empty if it was
  bool ok() const { return problem.empty(); }
};

inline constexpr std::size_t largest_text = std::size_t{4} << 20;     // scenarios, studies, evidence: written by people
inline constexpr std::size_t largest_table = std::size_t{256} << 20;  // CSV, and answers as JSON
inline constexpr std::size_t largest_values = std::size_t{1} << 30;   // states, and answers with the values of all runs

inline constexpr std::string_view empty_file = "it is empty";  // said by every reader

enum class Empty { allowed, refused };

// Never throws on a bad file. `largest` in bytes.
WholeFile read_whole_file(const std::filesystem::path& path, std::size_t largest, Empty empty = Empty::refused);

// As read_whole_file; throws FileError with the file's name.
std::string text_of_file(const std::filesystem::path& path, std::size_t largest, Empty empty = Empty::refused);

// A file of any size in blocks, from a byte on. Throws FileError.
void for_each_block(const std::filesystem::path& path, std::uint64_t from, const std::function<void(std::string_view)>& sink);

// `count` bytes from a byte on; fewer if the file ends before. Throws FileError.
std::string bytes_of_file(const std::filesystem::path& path, std::uint64_t from, std::size_t count);

}  // namespace coalis
