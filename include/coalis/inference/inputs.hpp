// What a sensitivity analysis moves: single factors, and groups of factors that belong to one side of the model.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace coalis {

// Factors that move together: one, or all of a group.
struct Input {
  std::string name;
  std::vector<std::size_t> factors;  // indices; one for a single factor
  bool group = false;
};

// The names of the groups: management, commitment, resources, network, viewpoints.
std::span<const std::string_view> input_groups();
// The group of a key, by its path as `--set` takes it ("parameters.tie_prob", "hubs.Chicago.fte"); "" if it is in none.
std::string_view group_of(std::string_view path);

// Every factor alone, in order.
std::vector<Input> single_inputs(std::span<const std::string> names);
// Every group that has factors, in the order of input_groups(), then every factor of no group alone: together they hold each
// factor once. paths: of each factor (the first, if it has several).
std::vector<Input> grouped_inputs(std::span<const std::string> names, std::span<const std::string> paths);

}  // namespace coalis
