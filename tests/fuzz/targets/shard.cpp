// A batch of a shard, or what begins as a shard of the first format. Lengths and checksums are put right before they are read, so
// that a mutation gets past them.
#include "sim/io/store/shard.hpp"

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "../target.hpp"
#include "sim/io/store/first_shard.hpp"
#include "sim/io/text/checksum.hpp"

namespace {

constexpr std::size_t checksum_at = 8, head_at = 16, records_at = 24;  // docs/formats/runs.md

template <class T>
void put(std::string& bytes, std::size_t at, T value) {
  std::memcpy(bytes.data() + at, &value, sizeof value);
}

// The records of a rectangle's points, each from its page.
void read_all(const coalis::io::BatchHead& head, std::string_view bytes, std::vector<coalis::StoredRun>& runs) {
  using namespace coalis;
  io::RunIndex index;
  std::uint64_t at = head.bytes;
  for (const io::Rectangle& rectangle : head.rectangles) {
    index.add(0, rectangle, at);
    for (const io::PointRow& row : rectangle.points) at += io::row_bytes(row, rectangle.count);
  }
  fuzz::demand(at == bytes.size(), "rectangles that are not the records");
  for (const io::Rectangle& rectangle : head.rectangles)
    for (const io::PointRow& row : rectangle.points)
      for (std::uint64_t r = rectangle.first; r < rectangle.first + rectangle.count; ++r) {
        const auto place = index.find({row.point, r});
        fuzz::demand(place && place->page_at + place->page_size <= bytes.size(), "a run that is not where the index has it");
        const std::string_view page = bytes.substr(place->page_at, place->page_size);
        runs.push_back(io::decode_record({row.point, r}, place->row, page.substr(place->record_at, place->row.record_bytes())));
      }
}

void read_first(std::string bytes) {
  using namespace coalis;
  constexpr std::size_t length_at = 16, body_at = 24;
  if (bytes.size() >= body_at) {
    put(bytes, length_at, static_cast<std::uint64_t>(bytes.size() - body_at));
    put(bytes, checksum_at, io::checksum(std::string_view(bytes).substr(length_at)));
  }
  for (const io::ShardRun& run : io::decode_shard(bytes).runs) {
    const StoredRun decoded = io::decode_run(std::string_view(bytes).substr(run.offset, run.length));
    fuzz::demand(run.failed == !decoded.cause.empty(), "a run that is not the one of the index");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace coalis;
  std::string bytes(fuzz::text_of(data, size));
  try {
    if (bytes.starts_with("COALRUNS")) {
      read_first(bytes);
      return 0;
    }
    if (bytes.size() >= io::batch_begin) {
      bytes.replace(0, 8, "COALRUN2");
      std::uint64_t head = 0;
      std::memcpy(&head, bytes.data() + head_at, sizeof head);
      head = std::min<std::uint64_t>(std::max<std::uint64_t>(head, io::batch_begin), bytes.size());
      put(bytes, head_at, head);
      put(bytes, records_at, static_cast<std::uint64_t>(bytes.size() - head));
      put(bytes, checksum_at, io::checksum_of(std::string_view(bytes).substr(head_at, head - head_at)));
    }
    const io::BatchHead head = io::decode_head(std::string_view(bytes).substr(0, io::size_of_batch(bytes).head));
    std::vector<StoredRun> runs;
    read_all(head, bytes, runs);
    for (const io::FailedName& failed : head.failures) runs.push_back({failed.run, {}, failed.cause});
    const std::string again = io::encode_batch({"s", "k", ""}, runs, 1, 1);
    const io::BatchHead read = io::decode_head(std::string_view(again).substr(0, io::size_of_batch(again).head));
    fuzz::demand(read.runs() == runs.size() && read.bytes + read.records_bytes == again.size(), "a batch that is not read back");
    std::vector<StoredRun> back;
    read_all(read, again, back);
  } catch (const std::exception&) {  // damage, with what it says
  }
  return 0;
}
