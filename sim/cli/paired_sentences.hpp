// From the statistics of a paired difference to the plain numbers that sentences are made of.
#pragma once

#include <string>

#include "coalis/ensemble/paired.hpp"
#include "coalis/report/sentences.hpp"

namespace coalis::cli {

Difference plain_numbers(const std::string& outcome, const PairedSummary& summary, double matters);

}  // namespace coalis::cli
