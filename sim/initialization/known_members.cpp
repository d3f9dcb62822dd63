// See known_members.hpp.
#include "known_members.hpp"

#include <array>
#include <vector>

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

// Ties that are known: of more than an organisation has room for the strongest (of equals the first by the hash of the pair, so
// that no name has an advantage). Home hubs are put into the slots when they are assigned.
void start_ties(World& w) {
  const Organisations& o = w.plan.scenario.organisations;
  if (o.ties.empty()) return;
  struct Half {
    int owner, partner;
    float strength;
    std::uint32_t lot;
  };
  const float usual = static_cast<float>(w.plan.scenario.parameters.tie_gain);
  std::vector<Half> halves;
  for (const KnownTie& tie : o.ties) {
    const float strength = tie.strength < 0 ? usual : static_cast<float>(tie.strength);
    const std::uint32_t lot = (w.keys[tie.a] ^ w.keys[tie.b]) * 0x9e3779b1u;
    halves.push_back({tie.a, tie.b, strength, lot});
    halves.push_back({tie.b, tie.a, strength, lot});
  }
  std::sort(halves.begin(), halves.end(), [](const Half& a, const Half& b) {
    if (a.owner != b.owner) return a.owner < b.owner;
    if (a.strength != b.strength) return a.strength > b.strength;
    return a.lot != b.lot ? a.lot < b.lot : a.partner < b.partner;
  });
  for (const Half& half : halves) {
    const int slot = w.tie_slots[half.owner];
    if (slot >= w.plan.scenario.parameters.slots || half.strength <= 0) continue;
    w.tie_partner[slot_index(half.owner, slot)] = half.partner;
    w.tie_strength[slot_index(half.owner, slot)] = half.strength;
    w.tie_slots[half.owner] = static_cast<std::uint8_t>(slot + 1);
    w.tie_sum[half.owner] += half.strength;
  }
}

}  // namespace coalis::inline COALIS_ISA
