// What the index of a store takes, and how long merging asks it, for so many runs: made-up batches, no files.
// scripts/store-scale.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

#include "../../../sim/io/store/run_index.hpp"
#include "coalis/core/seconds.hpp"
#include "coalis/io/store/run_store.hpp"

namespace {

using namespace coalis;

// Kilobytes of memory that the process has, as the kernel says.
std::uint64_t resident() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmRSS:")) return std::strtoull(line.c_str() + 6, nullptr, 10);
  return 0;
}

struct Made {
  std::vector<io::PointRow> points;
  std::uint64_t replicates, batch;  // of a batch
  std::uint64_t batch_bytes() const { return batch * points.size() * points.front().record_bytes(); }
};

// Batches of a shard follow each other (parts), or each shard's are those that were next when it asked (leases of many ranks).
void fill(io::RunIndex& index, const Made& made, bool scattered) {
  const std::uint64_t batches = made.replicates / made.batch;
  const std::uint64_t of_a_shard = std::max<std::uint64_t>(1, (shard_bytes + made.batch_bytes() - 1) / made.batch_bytes());
  const std::uint64_t shards = (batches + of_a_shard - 1) / of_a_shard;
  io::Rectangle rectangle{made.points, 0, made.batch};
  std::uint64_t bytes = 1000;
  for (const io::PointRow& row : made.points) bytes += io::row_bytes(row, made.batch);
  for (std::uint64_t shard = 0; shard < shards; ++shard)
    for (std::uint64_t i = 0; i < of_a_shard; ++i) {
      const std::uint64_t number = scattered ? i * shards + shard : shard * of_a_shard + i;
      if (number >= batches) continue;
      rectangle.first = number * made.batch;
      index.add(static_cast<std::uint32_t>(shard), rectangle, 1000 + i * bytes);
    }
}

void measure(std::uint64_t runs, std::size_t points, std::uint64_t batch_runs, bool scattered) {
  Made made{{}, runs / points, std::max<std::uint64_t>(1, batch_runs / points)};
  for (std::size_t p = 0; p < points; ++p) made.points.push_back({point_key("scale", std::to_string(p), 1), {32, 0, 0, 0}});
  made.replicates -= made.replicates % made.batch;
  const std::uint64_t before = resident();
  auto start = std::chrono::steady_clock::now();
  io::RunIndex index;
  fill(index, made, scattered);
  const double filling = seconds_since(start);
  const std::uint64_t after = resident();
  start = std::chrono::steady_clock::now();
  std::uint64_t sum = 0;  // as merging asks: point by point, replicates in order
  for (const io::PointRow& row : made.points)
    for (std::uint64_t r = 0; r < made.replicates; ++r) sum += index.find({row.point, r})->page_at;
  fmt::print(
      "{} runs, {} points, batches of {} runs, {}: index {:.2f} MB ({:.2f} MB more resident), filled in {:.2f} s, asked for "
      "every run in {:.1f} s [{:x}]\n",
      index.size(), points, made.batch * points, scattered ? "scattered" : "in order", static_cast<double>(index.memory()) / 1e6,
      static_cast<double>(after - before) / 1e3, filling, seconds_since(start), sum);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    fmt::print(stderr, "store_scale RUNS\n");
    return 2;
  }
  const std::uint64_t runs = std::strtoull(argv[1], nullptr, 10);
  measure(runs, 20, 1000, false);      // parts
  measure(runs, 20, 50'000, true);     // ranks of MPI
  measure(runs / 10, 20, 1000, true);  // processes that claim unit by unit
  return 0;
}
