// How many messages a second rank 0 hears and answers: what bounds the number of ranks.
#pragma once

#include "messages.hpp"

namespace coalis::ranks {

// All ranks but 0 ask at once, again and again, as fast as they are answered. Prints it in rank 0.
void measure_rate(Messages& messages, double seconds);

}  // namespace coalis::ranks
