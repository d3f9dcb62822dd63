// What the policy explorer offers B to be set to: options of an answer of `coalis best`, options of a study.
#pragma once

#include <string>
#include <vector>

#include "coalis/model/scenario.hpp"
#include "coalis/questions/asked.hpp"
#include "coalis/report/pages/explorer_page.hpp"

namespace coalis {

// The coalitions on a page: their files, without folders, and what was read.
struct OnPage {
  const std::vector<report::ExplorerPage::Coalition>& files;
  const std::vector<Scenario>& scenarios;
};

// Of the coalition that the answer is of. A problem: none of them is that, or it has changed since. Throws FileError.
Asked<report::ExplorerPage::Choices> best_choices(const std::string& path, const OnPage& page);

// Of each coalition on the page that the study has, its options: what it varies of what can be chosen, each once. A problem: the
// study is wrong, has none of the coalitions, varies nothing that can be chosen, or has too many options.
Asked<std::vector<report::ExplorerPage::Choices>> study_choices(const std::string& path, const OnPage& page);

}  // namespace coalis
