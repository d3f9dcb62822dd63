#include "coalis/model/shared_draws.hpp"

#include <algorithm>

namespace coalis {
namespace {

template <class Item>
bool same_names(const std::vector<Item>& a, const std::vector<Item>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Item& x, const Item& y) { return x.name == y.name; });
}

// A series that does not run in a month is nothing there, and when one ends that runs comes later.
bool alike(const Series& a, Series b, int month) {
  const auto between = [&](const Series& s) { return s.from <= month && month < s.until; };
  if (!between(a) && !between(b)) return true;
  if (between(a) && between(b)) b.until = a.until;
  return a == b;
}

bool alike(const Policy& a, const Policy& b, int month) {
  if (!(a.levers == b.levers && a.environment == b.environment && a.hubs == b.hubs && a.regions == b.regions &&
        a.roles == b.roles))
    return false;
  for (std::size_t s = 0; s < a.series.size(); ++s)
    if (!alike(a.series[s], b.series[s], month)) return false;
  return true;
}

// Whether nothing that alike() looks at differs from the month before.
bool as_before(const Plan& plan, int month) {
  return month > 0 && plan.policy_in[month] == plan.policy_in[month - 1] &&
         std::none_of(plan.policy(month).series.begin(), plan.policy(month).series.end(),
                      [&](const Series& s) { return s.from == month || s.until == month; });
}

}  // namespace

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

int alike_until(const Plan& a, const Plan& b) {
  const Scenario &x = a.scenario, &y = b.scenario;
  const bool one_shape = x.calendar == y.calendar && x.organisations == y.organisations && x.regions == y.regions &&
                         x.travel == y.travel && x.roles == y.roles && x.kinds == y.kinds && x.structure == y.structure &&
                         x.parameters == y.parameters && x.costs == y.costs && x.survey == y.survey &&
                         same_names(x.hubs, y.hubs) && same_names(x.series, y.series);
  if (!one_shape) return 0;
  for (int month = 0; month < a.months(); ++month)
    if (!(as_before(a, month) && as_before(b, month)) && !alike(a.policy(month), b.policy(month), month)) return month;
  return a.months();
}

}  // namespace coalis
