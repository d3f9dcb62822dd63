// Organisations that are known by name (organisations.roster): who stands for them in draws, and what others call them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "coalis/model/scenario.hpp"

namespace coalis {

// The key, or, if it is taken, the next that is free; it is taken from then on.
std::uint32_t free_key(std::uint32_t key, std::unordered_set<std::uint32_t>& taken);

// Sets the keys: hashes of the names as people tell them apart (core/names.hpp), so that neither order nor other rows count; of
// two names with one hash, the later in the roster takes the next that is free.
void assign_keys(std::vector<Member>& roster);

// Puts the roster in the order of its names and sets the keys; `place_of[k]`: where row k stands then.
std::vector<int> put_in_order(std::vector<Member>& roster);

// The name of an organisation; "non-member 1", ... of those that are none of the roster's; "" without a roster.
std::string organisation_name(const Scenario& scenario, int organisation);

// The number of an organisation by its name, letter case, accents as they are made up and blanks aside; -1: there is none.
int organisation_named(const Scenario& scenario, std::string_view name);

}  // namespace coalis
