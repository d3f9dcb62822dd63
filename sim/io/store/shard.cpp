// See shard.hpp.
#include "shard.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "byte_text.hpp"
#include "coalis/core/build_info.hpp"
#include "coalis/engine/simulate.hpp"
#include "coalis/model/outcome_rows.hpp"
#include "coalis/network/outcomes.hpp"
#include "io/text/checksum.hpp"

namespace coalis::io {
namespace {

constexpr std::string_view batch_magic = "COALRUN2";
constexpr std::size_t checked_from = 16;  // of a head: behind magic and checksum
constexpr std::uint64_t most_bytes = std::uint64_t{1} << 50;

PointRow row_of(const StoredRun& run) {
  const auto count = [](const auto& list) { return static_cast<std::uint32_t>(list.size()); };
  const RunRecord& record = run.record;
  return {run.name.point,
          {count(record.outcomes), count(record.survey), count(record.trajectories), count(record.region_trajectories)}};
}

// Runs in the order of their replicates, and the rectangles that they make.
struct Arranged {
  std::vector<Rectangle> rectangles;
  std::vector<std::vector<const StoredRun*>> runs;  // [rectangle][replicate, point]
};

Arranged arranged(std::span<const StoredRun> runs) {
  std::vector<const StoredRun*> done;
  for (const StoredRun& run : runs)
    if (run.cause.empty()) done.push_back(&run);
  std::stable_sort(done.begin(), done.end(),
                   [](const StoredRun* a, const StoredRun* b) { return a->name.replicate < b->name.replicate; });
  Arranged a;
  for (auto begin = done.begin(); begin != done.end();) {
    const std::uint64_t replicate = (*begin)->name.replicate;
    const auto end = std::find_if(begin, done.end(), [&](const StoredRun* run) { return run->name.replicate != replicate; });
    std::vector<PointRow> rows;
    for (auto it = begin; it != end; ++it) rows.push_back(row_of(**it));
    if (a.rectangles.empty() || a.rectangles.back().first + a.rectangles.back().count != replicate ||
        a.rectangles.back().points != rows) {
      a.rectangles.push_back({std::move(rows), replicate, 0});
      a.runs.emplace_back();
    }
    ++a.rectangles.back().count;
    a.runs.back().insert(a.runs.back().end(), begin, end);
    begin = end;
  }
  return a;
}

void write_record(ByteText& to, const RunRecord& record) {
  to.number(record.hash);
  to.values(record.outcomes);
  to.values(record.survey);
  to.values(record.trajectories);
  to.values(record.region_trajectories);
}

std::string records_of(const Arranged& a) {
  ByteText records;
  for (std::size_t i = 0; i < a.rectangles.size(); ++i) {
    const Rectangle& rectangle = a.rectangles[i];
    const std::size_t points = rectangle.points.size();
    for (std::size_t p = 0; p < points; ++p) {
      const std::uint64_t each = records_a_page(rectangle.points[p]);
      for (std::uint64_t first = 0; first < rectangle.count; first += each) {
        ByteText page;
        for (std::uint64_t r = first; r < std::min(first + each, rectangle.count); ++r)
          write_record(page, a.runs[i][r * points + p]->record);
        records.number(checksum_of(page.bytes()));
        records.raw(page.bytes());
      }
    }
  }
  return records.take();
}

void write_rectangle(ByteText& head, const Rectangle& rectangle) {
  head.number(rectangle.first);
  head.number(rectangle.count);
  head.number(static_cast<std::uint32_t>(rectangle.points.size()));
  for (const PointRow& row : rectangle.points) {
    head.key(row.point);
    head.values(row.counts);
  }
}

std::string label_text(const ShardLabel& label) {
  return nlohmann::ordered_json{{"format", runs_format},
                                {"format_version", runs_format_version},
                                {"program", build_info().version},
                                {"commit", build_info().commit},
                                {"model", model_version},
                                {"study", label.study},
                                {"kept", label.kept},
                                {"parameters", label.parameters}}
      .dump();
}

Rectangle read_rectangle(ByteCursor& head) {
  Rectangle rectangle;
  rectangle.first = head.number<std::uint64_t>();
  rectangle.count = head.number<std::uint64_t>();
  const std::uint32_t points = head.count_of(sizeof(PointRow));
  for (std::uint32_t p = 0; p < points; ++p) {
    PointRow& row = rectangle.points.emplace_back();
    row.point = head.key();
    for (std::uint32_t& count : row.counts) count = head.number<std::uint32_t>();
  }
  if (points == 0 || rectangle.count == 0 || rectangle.count > most_bytes || rectangle.first > most_bytes)
    throw StoreError("its head has impossible numbers");
  return rectangle;
}

// Rectangles as they were written have the bytes of the records; sums must not overflow before that is known.
void require_fit(const BatchHead& head) {
  std::uint64_t bytes = 0;
  for (const Rectangle& rectangle : head.rectangles) {
    for (const PointRow& row : rectangle.points) {
      const std::uint64_t left = head.records_bytes - bytes;
      if (rectangle.count > left / row.record_bytes() || row_bytes(row, rectangle.count) > left)
        throw StoreError("its lengths do not fit together");
      bytes += row_bytes(row, rectangle.count);
    }
  }
  if (bytes != head.records_bytes) throw StoreError("its lengths do not fit together");
}

}  // namespace

std::uint64_t BatchHead::runs() const {
  std::uint64_t runs = failures.size();
  for (const Rectangle& rectangle : rectangles) runs += rectangle.runs();
  return runs;
}

std::string encode_batch(const ShardLabel& label, std::span<const StoredRun> runs, double seconds, std::int64_t finished) {
  const Arranged a = arranged(runs);
  const std::string records = records_of(a);
  ByteText body;  // of the head: what stands behind the first 32 bytes
  body.number(static_cast<std::uint64_t>(runs.size()));
  body.text(label_text(label));
  body.number(finished);
  body.number(seconds);
  body.number(static_cast<std::uint32_t>(a.rectangles.size()));
  for (const Rectangle& rectangle : a.rectangles) write_rectangle(body, rectangle);
  body.number(static_cast<std::uint32_t>(runs.size()) -
              static_cast<std::uint32_t>(
                  std::count_if(runs.begin(), runs.end(), [](const StoredRun& run) { return run.cause.empty(); })));
  for (const StoredRun& run : runs) {
    if (run.cause.empty()) continue;
    body.key(run.name.point);
    body.number(run.name.replicate);
    body.text(run.cause);
  }
  ByteText checked;
  checked.number(static_cast<std::uint64_t>(batch_begin + body.size()));
  checked.number(static_cast<std::uint64_t>(records.size()));
  checked.raw(body.bytes());
  ByteText batch;
  batch.raw(batch_magic);
  batch.number(checksum_of(checked.bytes()));
  batch.raw(checked.bytes());
  batch.raw(records);
  return batch.take();
}

BatchSize size_of_batch(std::string_view first_bytes) {
  if (!first_bytes.starts_with(batch_magic) || first_bytes.size() < batch_begin)
    throw StoreError("its first bytes are not those of a shard");
  ByteCursor begin(first_bytes, checked_from);
  const auto head = begin.number<std::uint64_t>(), records = begin.number<std::uint64_t>();
  if (head < batch_begin || head > most_bytes || records > most_bytes) throw StoreError("its head has impossible lengths");
  return {head, head + records};
}

BatchHead decode_head(std::string_view bytes) try {
  const BatchSize size = size_of_batch(bytes);
  if (bytes.size() != size.head) throw StoreError("its head is cut off");
  const auto recorded = ByteCursor(bytes, batch_magic.size()).number<std::uint64_t>();
  if (const auto found = checksum_of(bytes.substr(checked_from)); found != recorded)
    throw StoreError(fmt::format("its checksum is {:016x}, not {:016x}", found, recorded));
  ByteCursor cursor(bytes, batch_begin);
  BatchHead head;
  head.bytes = size.head, head.records_bytes = size.all - size.head;
  const auto runs = cursor.number<std::uint64_t>();
  std::string text;
  cursor.list(text);
  const auto label = nlohmann::json::parse(text);
  if (label.at("format_version") != runs_format_version)
    throw StoreError(
        fmt::format("its format version is {}, this program reads {}", label.at("format_version").dump(), runs_format_version));
  head.label.study = label.at("study").get<std::string>();
  head.label.kept = label.at("kept").get<std::string>();
  head.label.parameters = label.at("parameters").get<std::string>();
  head.finished = cursor.number<std::int64_t>();
  head.seconds = cursor.number<double>();
  for (std::uint32_t left = cursor.count_of(sizeof(std::uint64_t)); left > 0; --left)
    head.rectangles.push_back(read_rectangle(cursor));
  for (std::uint32_t left = cursor.count_of(sizeof(RunKey)); left > 0; --left) {
    FailedName& failed = head.failures.emplace_back();
    failed.run.point = cursor.key();
    failed.run.replicate = cursor.number<std::uint64_t>();
    cursor.list(failed.cause);
    if (failed.cause.empty()) throw StoreError("its head has a failure without a cause");
  }
  require_fit(head);
  if (!cursor.at_end() || head.runs() != runs) throw StoreError("its lengths do not fit together");
  return head;
} catch (const nlohmann::json::exception&) {
  throw StoreError("its head is none of a shard");
}

std::string problem_of_page(std::string_view page) {
  if (page.size() < page_head) return "cut off";
  const auto recorded = ByteCursor(page).number<std::uint64_t>();
  const auto found = checksum_of(page.substr(page_head));
  return found == recorded ? "" : fmt::format("its checksum is {:016x}, not {:016x}", found, recorded);
}

StoredRun decode_record(const RunName& name, const PointRow& row, std::string_view bytes) {
  ByteCursor cursor(bytes);
  StoredRun run{name, {}, {}};
  run.record.replicate = static_cast<std::uint32_t>(name.replicate);
  run.record.hash = cursor.number<std::uint64_t>();
  cursor.values(run.record.outcomes, row.counts[0]);
  cursor.values(run.record.survey, row.counts[1]);
  cursor.values(run.record.trajectories, row.counts[2]);
  cursor.values(run.record.region_trajectories, row.counts[3]);
  add_later_outcomes(run.record.outcomes);
  return run;
}

void add_later_outcomes(std::vector<double>& values) {
  const std::size_t all = outcome_quantities().size();
  const std::size_t whole = values.size() > all ? all_outcome_quantities().size() : all;
  if (values.size() >= whole || whole - values.size() > all - hashed_outcomes) return;
  const std::size_t missing = whole - values.size();
  values.insert(values.begin() + static_cast<std::ptrdiff_t>(all - missing), missing, std::numeric_limits<double>::quiet_NaN());
}

}  // namespace coalis::io
