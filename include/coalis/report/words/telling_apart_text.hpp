// Which observation tells structures apart: the sentence and the table.
#pragma once

#include <string>

#include "coalis/questions/telling_apart/telling_apart.hpp"

namespace coalis {

std::string to_text(const TellingApartAnswer& answer);

}  // namespace coalis
