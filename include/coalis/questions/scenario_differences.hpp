// What two scenarios differ in, value by value and told apart: a difference of models or of worlds is not one of policies.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "coalis/model/fields.hpp"

namespace coalis {

struct Difference {
  std::string path;
  std::optional<std::string> a, b;  // TOML; nothing where there is no such value
  FieldText field;
  std::vector<std::pair<std::string, std::string>> parts = {};  // keys and values (TOML) of an intervention; else none
};

// Paths of what can be chosen, and of what cannot (model/supported.hpp). Neither has names, texts and the survey's month.
struct PolicyAndWorld {
  std::vector<std::string> policy, world;
};

}  // namespace coalis
