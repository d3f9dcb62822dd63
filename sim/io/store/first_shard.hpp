// A shard of the first format, which is read, and written no more (docs/formats/runs.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/io/store/run_store.hpp"

namespace coalis::io {

// CRC-64/XZ: of "123456789" it is 995DC9BBDF1939FA.
std::uint64_t checksum(std::string_view bytes);

// The replicates that the head of a shard names, from its first bytes; nothing of one that was written before heads did, and of
// bytes that are none. Unchecked: who passes a shard over by it does at worst some runs again.
inline constexpr std::size_t looked_at_of_a_head = 4096;
std::optional<ReplicateSpan> replicates_in(std::string_view first_bytes);

// Where a run lies in its shard.
struct ShardRun {
  RunKey key;
  bool failed;
  std::uint64_t offset;
  std::uint32_t length;
};
struct ShardIndex {
  std::string kept, parameters;
  std::vector<ShardRun> runs;
};

// What a shard holds, after its checksum has been compared. Throws StoreError with the reason ("cut off: 4096 of 81920 bytes").
ShardIndex decode_shard(std::string_view bytes);

// One run from its bytes, without the name of its point, which it does not have. Throws StoreError.
StoredRun decode_run(std::string_view bytes);

}  // namespace coalis::io
