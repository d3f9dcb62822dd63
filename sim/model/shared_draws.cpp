#include "coalis/model/shared_draws.hpp"

namespace coalis {

SharedDraws::SharedDraws(int lanes_n, int month_count)
    : population_float(drawn_float_columns, Column<float>(static_cast<std::size_t>(lanes_n))),
      population_byte(drawn_byte_columns, Column<std::uint8_t>(static_cast<std::size_t>(lanes_n))),
      population_integer(drawn_integer_columns, Column<std::int32_t>(static_cast<std::size_t>(lanes_n))),
      months(static_cast<std::size_t>(month_count)) {
  for (Month& month : months) {
    month.words.resize(4 * static_cast<std::size_t>(lanes_n));
    month.luck.resize(static_cast<std::size_t>(lanes_n));
  }
}

void SharedDraws::open(Stream of) {
  if (stream.seed == of.seed && stream.replicate == of.replicate && has_population) return;
  stream = of;
  has_population = false;
  for (Month& month : months) month.has_words = month.has_luck = false;
}

bool same_draws(const Scenario& a, const Scenario& b) {
  return a.organisations == b.organisations && a.regions == b.regions && a.roles == b.roles && a.parameters == b.parameters &&
         a.structure.engagement == b.structure.engagement && a.calendar.months == b.calendar.months &&
         a.organisations.count() <= shared_organisations_max;
}

}  // namespace coalis
