// See known_members.hpp.
#include "known_members.hpp"

#include <array>
#include <vector>

#include "coalis/submodels/ties.hpp"

namespace coalis::inline COALIS_ISA {

void take_known_entries(World& w, Range tile) {
  const auto& roster = w.plan.scenario.organisations.roster;
  for (int i = tile.begin; i < std::min(tile.end, static_cast<int>(roster.size())); ++i) {
    const Member& member = roster[static_cast<std::size_t>(i)];
    if (member.joined >= 0)
      w.entry[i] = member.joined;
    else if (member.left >= 0)
      w.entry[i] = std::min(w.entry[i], member.left - 1);
  }
}

void share_out_sectors(World& w) {
  const Organisations& o = w.plan.scenario.organisations;
  std::array<int, sectors> left = o.members;
  int unknown = 0;
  for (int i = 0; i < o.member_count(); ++i) {
    const int known = o.roster[static_cast<std::size_t>(i)].sector;
    if (known < 0)
      w.list[unknown++] = i;
    else
      --left[static_cast<std::size_t>(known)];
    w.sector[i] = static_cast<std::uint8_t>(std::max(known, 0));
  }
  const auto sooner = [&](std::int32_t a, std::int32_t b) { return w.words[a] != w.words[b] ? w.words[a] < w.words[b] : a < b; };
  std::sort(w.list.begin(), w.list.begin() + unknown, sooner);
  for (int rank = 0, of = 0; rank < unknown; ++rank) {
    while (of + 1 < sectors && left[static_cast<std::size_t>(of)] == 0) ++of;
    --left[static_cast<std::size_t>(of)];
    w.sector[w.list[rank]] = static_cast<std::uint8_t>(of);
  }
}

namespace {

// Of equal ties the first by a hash of the pair, so that no name has an advantage.
std::uint32_t lot(const World& w, int a, int b) { return (w.keys[a] ^ w.keys[b]) * 0x9e3779b1u; }

// Puts a tie among the owner's, the strongest first; beyond its slots the weakest is lost.
void insert_tie(World& w, int owner, int partner, float strength) {
  int slot = w.tie_slots[owner];
  for (; slot > 0; --slot) {
    const int before = slot_index(owner, slot - 1), other = w.tie_partner[before];
    const bool sooner = strength != w.tie_strength[before]               ? strength > w.tie_strength[before]
                        : lot(w, owner, partner) != lot(w, owner, other) ? lot(w, owner, partner) < lot(w, owner, other)
                                                                         : partner < other;
    if (!sooner) break;
    if (slot >= w.plan.scenario.parameters.slots) continue;
    w.tie_partner[slot_index(owner, slot)] = other;
    w.tie_strength[slot_index(owner, slot)] = w.tie_strength[before];
  }
  if (slot >= w.plan.scenario.parameters.slots) return;
  w.tie_partner[slot_index(owner, slot)] = partner;
  w.tie_strength[slot_index(owner, slot)] = strength;
  w.tie_slots[owner] = static_cast<std::uint8_t>(std::min(w.tie_slots[owner] + 1, w.plan.scenario.parameters.slots));
}

}  // namespace

// Home hubs are put into the slots when they are assigned.
void start_ties(World& w) {
  const float usual = static_cast<float>(w.plan.scenario.parameters.tie_gain);
  const std::vector<KnownTie>& ties = w.plan.scenario.organisations.ties;
  for (const KnownTie& tie : ties) {
    const float strength = tie.strength < 0 ? usual : static_cast<float>(tie.strength);
    if (strength <= 0) continue;  // a tie that a contact makes without gain is none
    insert_tie(w, tie.a, tie.b, strength);
    insert_tie(w, tie.b, tie.a, strength);
  }
  for (const KnownTie& tie : ties)
    for (const int owner : {tie.a, tie.b}) w.tie_sum[owner] = sum_of_ties(w, owner);
}

}  // namespace coalis::inline COALIS_ISA
