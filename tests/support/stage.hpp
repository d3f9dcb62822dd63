// A stage for submodels: a small world whose state is chosen, and what the schedule prepares before each of them.
// What a submodel does is compared with its equation in docs/model.md, written down again in double precision in its test.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "coalis/model/fields.hpp"
#include "coalis/model/scenario.hpp"
#include "coalis/model/world.hpp"

namespace coalis::test {

// 100 members of five regions and three roles. Hubs: West (two regions), East, Circle (convened by its members), Idle (serves
// nobody). The region "island" is served by none. Three kinds, five series. All parameters have their defaults but those that
// would leave too few organisations to look at.
Scenario stage_scenario();
namespace stage {
inline constexpr int west = 0, east = 1, north = 2, south = 3, island = 4;                               // regions
inline constexpr int West = 0, East = 1, Circle = 2, Idle = 3;                                           // hubs
inline constexpr int meeting = 0, outreach = 1, training = 2;                                            // kinds
inline constexpr int all_meet = 0, east_meets = 1, core_meets = 2, outreach_day = 3, circle_trains = 4;  // series
}  // namespace stage

// An intervention on the field of a table T (Levers, Environment, Hub, Series, Region, Role) from a month on, `until` exclusive.
template <class T>
Intervention change(int element, std::string_view field, decltype(Intervention::value) value, int from, int until = 10'000,
                    int ramp = 1) {
  constexpr Target target = std::is_same_v<T, Levers>        ? Target::levers
                            : std::is_same_v<T, Environment> ? Target::environment
                            : std::is_same_v<T, Hub>         ? Target::hub
                            : std::is_same_v<T, Region>      ? Target::region
                            : std::is_same_v<T, Role>        ? Target::role
                                                             : Target::series;
  int row = 0;
  while (fields<T>()[static_cast<std::size_t>(row)].name != field) ++row;
  return {std::string(field), target, element, row, std::move(value), from, until, ramp};
}

// An initialised world in a month.
struct Stage {
  explicit Stage(const Scenario& scenario, int month = 0, std::uint64_t seed = 11, std::uint32_t replicate = 2);
  std::shared_ptr<const Plan> plan;
  World w;
};

// Month 0 up to `month`: policy and home hubs in force; hours, effort, needs, marks and counts of the month 0.
void open_month(World& w, int month);

// Gives every changing state variable another value, every status its share, every organisation up to K ties.
void vary(World& w, unsigned seed = 5);

// Derives counts and sums that processes keep up to date from statuses and ties.
void recount(World& w);

void set_status(World& w, int i, Status status);

// The tie in one slot; partner -1 and strength 0 are an empty one.
struct Slot {
  int partner = -1;
  double strength = 0;
};
using Slots = std::array<Slot, slots_max>;
Slots slots_of(const World& w, int i);
void set_slot(World& w, int i, int slot, int partner, double strength);

// "Strengthen by x" of model.md section 3, process 4.
void strengthen_slots(Slots& slots, int K, int partner, double x);
double strength_of(const Slots& slots);

// rival(i, j)
double rival_of(const World& w, int i, int j);

// The home hub of an organisation (model.md section 2), -1 without.
int home_of(const World& w, int i);
double exposure_of(const World& w, int i);  // E, from the visibilities as they stand

bool is_member(const World& w, int i);

// One event by itself, as the schedule would let it happen: is the next that is due held; who comes; exchange among those who
// came. What it gives is settled at once.
bool hold_event(World& w, int series);
void attend_event(World& w, int series);
void exchange_at_event(World& w);

double sigmoid(double z);
double share_of(std::uint32_t word);        // a uniform draw in [0, 1)
double exponential_of(std::uint32_t word);  // mean 1
double normal_of(std::uint32_t a, std::uint32_t b);

// How near a uniform draw may be to a probability before single and double precision may disagree.
inline constexpr double tie_of_draw = 2e-6;

}  // namespace coalis::test
