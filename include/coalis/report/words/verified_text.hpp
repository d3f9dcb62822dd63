// Whether a file was reproduced, for people.
#pragma once

#include <string>

#include "coalis/questions/verified.hpp"

namespace coalis {

struct VerifiedText {
  std::string list;  // what differs, a line each, under its heading; "" if nothing does
  std::string text;  // sentences
};

VerifiedText verified_text(const Verified& verified);

// "20 replicates"
std::string wanted_text(const Verified& verified);

}  // namespace coalis
