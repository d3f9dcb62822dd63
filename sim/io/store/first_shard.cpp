// magic, checksum of all that follows, length, header (JSON), runs. Little-endian.
#include "first_shard.hpp"

#include <fmt/format.h>

#include <boost/crc.hpp>
#include <nlohmann/json.hpp>

#include "byte_text.hpp"
#include "shard.hpp"

namespace coalis::io {
namespace {

constexpr std::string_view first_magic = "COALRUNS";
constexpr std::size_t body_begin = first_magic.size() + 2 * sizeof(std::uint64_t);  // after magic, checksum and length
constexpr int first_version = 1;

}  // namespace

std::uint64_t checksum(std::string_view bytes) {
  boost::crc_optimal<64, 0x42F0E1EBA9EA3693, ~0ull, ~0ull, true, true> crc;
  crc.process_bytes(bytes.data(), bytes.size());
  return crc.checksum();
}

std::optional<ReplicateSpan> replicates_in(std::string_view first_bytes) try {
  if (!first_bytes.starts_with(first_magic)) return std::nullopt;
  std::string text;
  ByteCursor(first_bytes, body_begin).list(text);
  const auto header = nlohmann::json::parse(text);
  if (header.at("format_version") != first_version) return std::nullopt;
  const auto& replicates = header.at("replicates");
  return ReplicateSpan{replicates.at(0).get<std::uint32_t>(), replicates.at(1).get<std::uint32_t>()};
} catch (const std::exception&) {  // StoreError, or of JSON
  return std::nullopt;
}

ShardIndex decode_shard(std::string_view bytes) try {
  if (bytes.size() < body_begin) throw StoreError(fmt::format("cut off after {} bytes", bytes.size()));
  if (!bytes.starts_with(first_magic)) throw StoreError("its first bytes are not those of a shard");
  ByteCursor front(bytes, first_magic.size());
  const auto recorded = front.number<std::uint64_t>();
  const auto length = front.number<std::uint64_t>();
  if (bytes.size() - body_begin < length && length < (std::uint64_t{1} << 40)) {
    throw StoreError(fmt::format("cut off: {} of {} bytes", bytes.size(), body_begin + length));
  }
  const auto found = checksum(bytes.substr(first_magic.size() + sizeof(recorded)));
  if (found != recorded) throw StoreError(fmt::format("its checksum is {:016x}, not {:016x}", found, recorded));
  std::string text;
  ByteCursor cursor(bytes, body_begin);
  cursor.list(text);
  ShardIndex index;
  const auto header = nlohmann::json::parse(text);
  if (header.at("format_version") != first_version) {
    throw StoreError(
        fmt::format("its format version is {}, this program reads {}", header.at("format_version").dump(), first_version));
  }
  index.kept = header.at("kept");
  index.parameters = header.value("parameters", "");
  for (std::size_t i = 0; i < header.at("runs").get<std::size_t>(); ++i) {
    const auto size = cursor.number<std::uint32_t>();
    const auto offset = cursor.at();
    ByteCursor run(cursor.take(size));
    const RunKey key = run.key();
    index.runs.push_back({key, run.number<std::uint32_t>() > 0, offset, size});
  }
  return index;
} catch (const nlohmann::json::exception&) {
  throw StoreError("its head is none of a shard");
}

StoredRun decode_run(std::string_view bytes) {
  ByteCursor cursor(bytes);
  StoredRun run;
  cursor.key();  // of the run, from which that of its point does not follow
  cursor.list(run.cause);
  run.record.replicate = cursor.number<std::uint32_t>();
  run.name.replicate = run.record.replicate;
  run.record.hash = cursor.number<std::uint64_t>();
  cursor.list(run.record.outcomes);
  add_later_outcomes(run.record.outcomes);
  cursor.list(run.record.trajectories);
  cursor.list(run.record.region_trajectories);
  cursor.list(run.record.survey);
  return run;
}

}  // namespace coalis::io
