// The one place of these sentences; docs/model.md lists the same.
#include "coalis/report/words/assumed.hpp"

#include <array>

namespace coalis {
namespace {

constexpr std::array<std::string_view, 6> assumption_texts{
    "Distance costs attendance and visibility.",
    "Staff time spread over members and hubs makes leaders visible, and convening takes staff time.",
    "Attending exposes to others' views.",
    "Ties across hubs keep joint work coherent.",
    "Facilitation, referral tracking, joint grants and online access act locally as written.",
    "A members' group convenes less the larger it is.",
};

}  // namespace

std::span<const std::string_view> assumptions() { return assumption_texts; }

std::string_view beyond_assumptions() {
  return "Effects on attendance, commitment, goal attainment and collaboration beyond these, their size, interactions and "
         "trade-offs, "
         "are what the model finds. It is no forecast of what happens to victims.";
}

}  // namespace coalis
