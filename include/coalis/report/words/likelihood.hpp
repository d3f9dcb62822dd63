// Likelihood in words: the calibrated scale of the IPCC (Mastrandrea et al. 2010, guidance note on uncertainties, AR5, kept in
// AR6), for a share of runs whose own uncertainty is said by Wilson's interval.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "coalis/statistics/share.hpp"

namespace coalis {

struct Likelihood {
  std::string_view word;   // "likely"
  std::string_view range;  // "66-100 %", what the word stands for
};

// The strongest word that holds at the bound of Wilson's interval that is nearer to one half. None if the interval holds one half
// and reaches beyond 33-66 %: then there are too few runs for any word.
std::optional<Likelihood> likelihood(std::size_t wins, std::size_t runs);

// "152 of 200 paired runs (70-81 %)", the second being Wilson's interval; what: "paired runs", "structures", ...
std::string counted_share(std::size_t wins, std::size_t runs, std::string_view what);

}  // namespace coalis
