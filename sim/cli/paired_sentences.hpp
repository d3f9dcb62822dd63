// From the statistics of a paired difference to the plain numbers that sentences are made of.
#pragma once

#include <string>
#include <vector>

#include "coalis/model/scenario.hpp"
#include "coalis/report/words/sentences.hpp"
#include "coalis/statistics/paired_statistics.hpp"

namespace coalis::cli {

OutcomeDifference plain_numbers(const std::string& outcome, const PairedSummary& summary, double matters);

// Levers of either that lie outside the range that evidence supports, each once.
std::vector<std::string> extrapolated_levers(const Scenario& reference, const Scenario& other);

}  // namespace coalis::cli
