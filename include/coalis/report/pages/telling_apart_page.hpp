// The page on which evidence would tell rival models apart: the least that does, kinds of evidence beside guessing, every way
// looked at.
#pragma once

#include <string>

#include "coalis/questions/telling_apart/telling_apart.hpp"
#include "coalis/report/charts/charts.hpp"

namespace coalis::report {

// How often each kind of evidence names the right model, where most organisations are watched for longest, beside guessing.
chart::Bars telling_apart_bars(const TellingApartAnswer& answer);

// command: makes the page.
std::string telling_apart_page(const TellingApartAnswer& answer, const std::string& command);

}  // namespace coalis::report
