// What the worlds of one replicate have in common whatever the policy, drawn once: the population as it starts, the words of
// every month, the luck of every month's resources. Draws are keyed by their address, so drawing them again gives the same bits;
// this saves the time.
#pragma once

#include <memory>
#include <vector>

#include "coalis/core/column.hpp"
#include "coalis/core/draws.hpp"
#include "coalis/model/plan.hpp"

namespace coalis {

// Worlds above this size are not worth keeping draws for: they would not stay in the cache.
inline constexpr int shared_organisations_max = 4096;

// Columns that initialization draws, apart from what follows from them.
inline constexpr std::size_t drawn_float_columns = 6, drawn_byte_columns = 3, drawn_integer_columns = 3;

struct SharedDraws {
  SharedDraws(int lanes_n, int months);

  // Empties it, unless it is of this stream already.
  void open(Stream of);

  struct Month {
    bool has_words = false, has_luck = false;
    Column<std::uint32_t> words;  // four columns: information, contact, entry, withdrawal
    Column<float> luck;           // of resources: a factor with mean 1
  };
  Stream stream{};
  bool has_population = false;
  // The columns that initialization draws, in its order.
  std::vector<Column<float>> population_float;
  std::vector<Column<std::uint8_t>> population_byte;
  std::vector<Column<std::int32_t>> population_integer;
  std::vector<Month> months;
};

// The two start from one population and have the same luck in their resources.
bool same_draws(const Scenario& a, const Scenario& b);

// Months from the start in which runs of the two are alike to the last bit, their worlds being of one shape: 0 if hubs, series
// or what else cannot change on the way differ.
int alike_until(const Plan& a, const Plan& b);

}  // namespace coalis
