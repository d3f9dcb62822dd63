// magic, checksum of all that follows, length, header (JSON), runs. Little-endian.
#include "shard.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <boost/crc.hpp>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>

#include "coalis/core/build_info.hpp"
#include "coalis/engine/simulate.hpp"
#include "coalis/model/outcome_rows.hpp"
#include "coalis/network/outcomes.hpp"

namespace coalis::io {
namespace {

static_assert(std::endian::native == std::endian::little, "shards are written as they stand in memory");

constexpr std::string_view magic = "COALRUNS";
constexpr std::size_t body_begin = magic.size() + 2 * sizeof(std::uint64_t);  // after magic, checksum and length

class Bytes {
 public:
  template <class T>
  void number(T value) {
    static_assert(std::is_arithmetic_v<T>);
    text_.append(reinterpret_cast<const char*>(&value), sizeof(T));
  }
  template <class T>
  void list(const T& values) {
    number(static_cast<std::uint32_t>(values.size()));
    text_.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(values[0]));
  }
  void raw(std::string_view bytes) { text_.append(bytes); }
  std::size_t size() const { return text_.size(); }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

class Cursor {
 public:
  Cursor(std::string_view bytes, std::size_t at) : bytes_(bytes), at_(at) {}
  template <class T>
  T number() {
    T value;
    std::memcpy(&value, take(sizeof(T)).data(), sizeof(T));
    return value;
  }
  template <class T>
  void list(T& values) {
    const auto count = number<std::uint32_t>();
    const auto bytes = take(count * sizeof(values[0]));
    values.resize(count);
    if (count > 0) std::memcpy(values.data(), bytes.data(), bytes.size());
  }
  RunKey key() {
    RunKey key;
    std::memcpy(key.bytes.data(), take(key.bytes.size()).data(), key.bytes.size());
    return key;
  }
  std::string_view take(std::size_t count) {
    if (count > bytes_.size() - at_) throw StoreError("its lengths do not fit together");
    at_ += count;
    return bytes_.substr(at_ - count, count);
  }
  std::size_t at() const { return at_; }

 private:
  std::string_view bytes_;
  std::size_t at_;
};

void encode_run(Bytes& bytes, const StoredRun& run) {
  bytes.raw({reinterpret_cast<const char*>(run.key.bytes.data()), run.key.bytes.size()});
  bytes.list(run.cause);
  bytes.number(run.record.replicate);
  bytes.number(run.record.hash);
  bytes.list(run.record.outcomes);
  bytes.list(run.record.trajectories);
  bytes.list(run.record.region_trajectories);
  bytes.list(run.record.survey);
}

// Of a run that a program before the last outcomes kept: those are missing in it.
void add_later_outcomes(std::vector<double>& values) {
  const std::size_t all = outcome_quantities().size();
  const std::size_t whole = values.size() > all ? all_outcome_quantities().size() : all;
  if (values.size() >= whole || whole - values.size() > all - hashed_outcomes) return;
  const std::size_t missing = whole - values.size();
  values.insert(values.begin() + static_cast<std::ptrdiff_t>(all - missing), missing, std::numeric_limits<double>::quiet_NaN());
}

}  // namespace

std::uint64_t checksum(std::string_view bytes) {
  boost::crc_optimal<64, 0x42F0E1EBA9EA3693, ~0ull, ~0ull, true, true> crc;
  crc.process_bytes(bytes.data(), bytes.size());
  return crc.checksum();
}

std::string encode_shard(const ShardLabel& label, std::span<const StoredRun> runs) {
  nlohmann::ordered_json header{{"format", runs_format},
                                {"format_version", runs_format_version},
                                {"program", build_info().version},
                                {"commit", build_info().commit},
                                {"model", model_version},
                                {"study", label.study},
                                {"kept", label.kept},
                                {"runs", runs.size()}};
  if (!label.parameters.empty()) header["parameters"] = label.parameters;
  const auto [first, last] = std::minmax_element(
      runs.begin(), runs.end(), [](const StoredRun& a, const StoredRun& b) { return a.record.replicate < b.record.replicate; });
  if (!runs.empty()) header["replicates"] = {first->record.replicate, last->record.replicate};
  Bytes body;
  body.list(header.dump());
  for (const StoredRun& run : runs) {
    Bytes one;
    encode_run(one, run);
    body.list(one.take());
  }
  const std::string content = body.take();
  Bytes guarded;  // by the checksum: the length, too
  guarded.number(static_cast<std::uint64_t>(content.size()));
  guarded.raw(content);
  const std::string after = guarded.take();
  Bytes shard;
  shard.raw(magic);
  shard.number(checksum(after));
  shard.raw(after);
  return shard.take();
}

std::optional<ReplicateSpan> replicates_in(std::string_view first_bytes) try {
  if (!first_bytes.starts_with(magic)) return std::nullopt;
  std::string text;
  Cursor(first_bytes, body_begin).list(text);
  const auto header = nlohmann::json::parse(text);
  if (header.at("format_version") != runs_format_version) return std::nullopt;
  const auto& replicates = header.at("replicates");
  return ReplicateSpan{replicates.at(0).get<std::uint32_t>(), replicates.at(1).get<std::uint32_t>()};
} catch (const std::exception&) {  // StoreError, or of JSON
  return std::nullopt;
}

ShardIndex decode_shard(std::string_view bytes) try {
  if (bytes.size() < body_begin) throw StoreError(fmt::format("cut off after {} bytes", bytes.size()));
  if (!bytes.starts_with(magic)) throw StoreError("its first bytes are not those of a shard");
  Cursor front(bytes, magic.size());
  const auto recorded = front.number<std::uint64_t>();
  const auto length = front.number<std::uint64_t>();
  if (bytes.size() - body_begin < length && length < (std::uint64_t{1} << 40)) {
    throw StoreError(fmt::format("cut off: {} of {} bytes", bytes.size(), body_begin + length));
  }
  const auto found = checksum(bytes.substr(magic.size() + sizeof(recorded)));
  if (found != recorded) throw StoreError(fmt::format("its checksum is {:016x}, not {:016x}", found, recorded));
  std::string text;
  Cursor cursor(bytes, body_begin);
  cursor.list(text);
  ShardIndex index;
  const auto header = nlohmann::json::parse(text);
  if (header.at("format_version") != runs_format_version) {
    throw StoreError(
        fmt::format("its format version is {}, this program reads {}", header.at("format_version").dump(), runs_format_version));
  }
  index.kept = header.at("kept");
  index.parameters = header.value("parameters", "");
  for (std::size_t i = 0; i < header.at("runs").get<std::size_t>(); ++i) {
    const auto size = cursor.number<std::uint32_t>();
    const auto offset = cursor.at();
    Cursor run(cursor.take(size), 0);
    const RunKey key = run.key();
    index.runs.push_back({key, run.number<std::uint32_t>() > 0, offset, size});
  }
  return index;
} catch (const nlohmann::json::exception&) {
  throw StoreError("its head is none of a shard");
}

StoredRun decode_run(std::string_view bytes) {
  Cursor cursor(bytes, 0);
  StoredRun run;
  run.key = cursor.key();
  cursor.list(run.cause);
  run.record.replicate = cursor.number<std::uint32_t>();
  run.record.hash = cursor.number<std::uint64_t>();
  cursor.list(run.record.outcomes);
  add_later_outcomes(run.record.outcomes);
  cursor.list(run.record.trajectories);
  cursor.list(run.record.region_trajectories);
  cursor.list(run.record.survey);
  return run;
}

}  // namespace coalis::io
