// Makes the policy explorer of coalitions: reads them, and runs what the page proves itself by.
#pragma once

#include <string>
#include <vector>

#include "coalis/questions/asked.hpp"
#include "coalis/report/pages/explorer_page.hpp"
#include "coalis/tasks/watch.hpp"

namespace coalis {

// As they are given; messages name them as the command line does.
struct ExploreOptions {
  std::vector<std::string> scenarios;
  std::string parameters;            // file of parameter sets, "" none
  int draws = 50;                    // of them
  std::vector<std::string> best;     // files of `coalis best`
  std::vector<std::string> studies;  // study files, of which the options are taken
  std::string title;                 // "": the first scenario's name
  int threads = 0;
};

// Throws FileError for a file that cannot be read and has no diagnostics of its own, TooLarge before the first run.
Asked<report::ExplorerPage> explore(const ExploreOptions& options, const Watch& watch);

}  // namespace coalis
