// Printing a page by Chromium, started as a child process that meets no network.
#pragma once

#include <filesystem>
#include <string>

namespace coalis {

// The program in one of the folders of `path`, as PATH has them. Throws FileError if there is none.
std::string find_chromium(const std::string& path);

// Throws FileError if it fails or takes longer than two minutes; then there is no PDF.
void print_pdf(const std::string& chromium, const std::filesystem::path& page, const std::filesystem::path& pdf, bool overwrite);

}  // namespace coalis
