// A shard: batches of runs of one process, one behind the other (docs/formats/runs.md, decision 0027).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/io/store/run_store.hpp"
#include "run_index.hpp"

namespace coalis::io {

// What a batch says of all its runs, as RunStore has it.
struct ShardLabel {
  std::string study, kept, parameters;
};

struct FailedName {
  RunName run;
  std::string cause;
};

// The head of a batch; its records lie behind it, rectangle by rectangle.
struct BatchHead {
  ShardLabel label;
  std::int64_t finished = 0;  // seconds since 1970
  double seconds = 0;         // that it took
  std::vector<Rectangle> rectangles;
  std::vector<FailedName> failures;
  std::uint64_t bytes = 0, records_bytes = 0;  // of itself, of the records
  std::uint64_t runs() const;                  // with those that failed
};

// The bytes of a batch: head and records.
std::string encode_batch(const ShardLabel& label, std::span<const StoredRun> runs, double seconds, std::int64_t finished);

inline constexpr std::size_t batch_begin = 32;  // bytes that tell how long a batch is
// Of a batch of which the first 32 bytes are given: of its head, and of all of it. Not checked yet. Throws StoreError if no batch
// begins so.
struct BatchSize {
  std::uint64_t head, all;
};
BatchSize size_of_batch(std::string_view first_bytes);
// All bytes of a head, of which the checksum is compared. Throws StoreError with the reason.
BatchHead decode_head(std::string_view bytes);
// What is wrong with a page of records; "" nothing.
std::string problem_of_page(std::string_view page);
// One run from its record.
StoredRun decode_record(const RunName& run, const PointRow& row, std::string_view record);

// Outcomes of a run that a program before the last ones kept: those are missing in it.
void add_later_outcomes(std::vector<double>& values);

}  // namespace coalis::io
