// Printing a page by Chromium, started as a child process that meets no network.
#pragma once

#include <filesystem>
#include <string>

namespace coalis::cli {

// The program on PATH. Throws ResultError if there is none.
std::string find_chromium();

// Throws ResultError if it fails or takes longer than two minutes; then there is no PDF.
void print_pdf(const std::string& chromium, const std::filesystem::path& page, const std::filesystem::path& pdf, bool overwrite);

}  // namespace coalis::cli
