// What stands in every bundle of a study beside inputs and results.
#pragma once

#include <string>
#include <vector>

namespace coalis {

std::string licence_text();  // LICENSE and CITATION.cff of the program, put into it by cmake/bundled_texts.cmake
std::string citation_text();

// What the script and the page say, all as it is in the bundle.
struct BundleTexts {
  std::string name, question;
  std::vector<std::string> commands;  // without the program's name, in inputs/; outputs go to "$results"
};

std::string rerun_script(const BundleTexts& texts);
std::string bundle_readme(const BundleTexts& texts);

}  // namespace coalis
