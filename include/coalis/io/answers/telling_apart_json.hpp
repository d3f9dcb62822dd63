// Which observation tells structures apart, as JSON.
#pragma once

#include <string>

#include "coalis/questions/telling_apart/telling_apart.hpp"

namespace coalis {

std::string json_text(const TellingApartAnswer& answer);

}  // namespace coalis
