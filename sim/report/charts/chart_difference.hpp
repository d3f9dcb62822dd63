// What the charts of a paired difference say alike: which side is whose, what is too small to matter.
#pragma once

#include <string>

#include "chart_axes.hpp"

namespace coalis::chart {

// "Difference B − A: engaged, organisations in 100".
std::string difference_title(const Option& reference, const Option& other, const Quantity& quantity);

// "B (three hubs) more engaged".
std::string side(const Option& option, const Quantity& quantity);
// The same in what room there is: without the name, or "more in B".
std::string side_within(const Option& option, const Quantity& quantity, double width, bool bold);

// The difference that matters, printed in as many decimals as it has.
std::string matters_number(double printed, int decimals);

// In how many decimals a number is printed, as the text says it (report/words/sentences.cpp): a decimal below 1, more where
// rounding would make it what matters, or would hide a mean that is clear. Printed units.
int decimals_said(double value, int decimals, double matters, double grain, bool clear = false);

// Dotted lines at -matters and matters across the frame, and the note that explains them; nothing if matters is 0.
void matters_across(Drawing& drawing, const Scale& y, double matters, const Frame& frame);
std::string matters_note(double matters, const Quantity& quantity);

// "half of the runs +2 to +9; 8 in 10 −1 to +14; 19 in 20 −6 to +20": printed units.
std::string bands_text(const Bands& bands, int decimals, bool difference);

}  // namespace coalis::chart
