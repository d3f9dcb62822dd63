// What to do with some money, as JSON: the answer of `coalis best`, from which a page can be made (docs/formats/best.md).
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "coalis/questions/best/answer.hpp"

namespace coalis {

inline constexpr std::string_view best_format = "coalis-best";

std::string json_text(const BestAnswer& answer);

// Throws FileError: it is no such file, or damaged.
BestAnswer read_best_answer(const std::filesystem::path& path);

}  // namespace coalis
