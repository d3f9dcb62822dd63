// A shard's bytes. Length and checksum are put right before they are read, so that a mutation gets past them.
#include "sim/io/store/shard.hpp"

#include <cstring>
#include <stdexcept>

#include "../target.hpp"

namespace {

constexpr std::size_t checksum_at = 8, length_at = 16, body_at = 24;  // docs/formats/runs.md

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace coalis;
  std::string bytes(fuzz::text_of(data, size));
  if (bytes.size() >= body_at) {
    bytes.replace(0, 8, "COALRUNS");
    const std::uint64_t length = bytes.size() - body_at;
    std::memcpy(bytes.data() + length_at, &length, sizeof length);
    const std::uint64_t sum = io::checksum(std::string_view(bytes).substr(length_at));
    std::memcpy(bytes.data() + checksum_at, &sum, sizeof sum);
  }
  try {
    const io::ShardIndex index = io::decode_shard(bytes);
    std::vector<StoredRun> runs;
    for (const io::ShardRun& run : index.runs) {
      const StoredRun decoded = io::decode_run(std::string_view(bytes).substr(run.offset, run.length));
      fuzz::demand(decoded.key == run.key && run.failed == !decoded.cause.empty(), "a run that is not the one of the index");
      runs.push_back(decoded);
    }
    const std::string again = io::encode_shard({"s", "k", ""}, runs);
    fuzz::demand(io::decode_shard(again).runs.size() == runs.size(), "a shard that is not read back");
  } catch (const std::exception&) {  // set aside, with what it says
  }
  return 0;
}
