// The key of a run: equal runs have equal keys, whatever study, file or process they come from.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace coalis {

// A UUID of version 5 (RFC 4122): 122 bits of SHA-1.
struct RunKey {
  std::array<std::uint8_t, 16> bytes{};
  auto operator<=>(const RunKey&) const =
      default;  // NOLINT(modernize-use-nullptr): clang-tidy 14 sees the 0 that it is compared with
};

// One run of a point, as a store names it. The point: everything that its runs share.
struct RunName {
  RunKey point;
  std::uint64_t replicate = 0;
  auto operator<=>(const RunName&) const = default;  // NOLINT(modernize-use-nullptr): as above
};

// Of a design point: everything that its runs depend on but the replicate. scenario_text: the resolved scenario, without what no
// run reads (name, description, evidence).
RunKey point_key(std::string_view model_version, std::string_view scenario_text, std::uint64_t seed);
// Of one run of the point, by which the first format of the store knows it.
RunKey run_key(const RunKey& point, std::uint32_t replicate);
// Of any text, as of all keys of a study: names the whole of it.
RunKey combined_key(std::string_view text);

// "074171de-bc84-5ea4-b636-1135477620e1"
std::string to_string(const RunKey& key);

// For hashed containers; the bytes are a hash already.
struct RunKeyHash {
  std::size_t operator()(const RunKey& key) const noexcept;
  std::size_t operator()(const RunName& run) const noexcept;
};

}  // namespace coalis
