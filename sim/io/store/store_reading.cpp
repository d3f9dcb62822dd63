// What a store knows of its shards, and how it reads from them.
#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "coalis/core/counted.hpp"
#include "coalis/io/store/run_store.hpp"
#include "coalis/io/text/whole_file.hpp"
#include "io/text/durable.hpp"
#include "shard_reading.hpp"
#include "store_files.hpp"

namespace coalis {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

constexpr std::uint64_t every_byte = std::numeric_limits<std::uint64_t>::max();
constexpr std::size_t most_latest = 30;  // batches, from which the rate is told

}  // namespace

bool RunStore::done(const RunName& run) const { return index_->done(run) || named_first_.contains(run); }

std::uint64_t RunStore::done_of(const RunKey& point, std::uint64_t replicates) const {
  if (named_first_.empty()) return index_->done_in(point, 0, replicates);
  std::uint64_t count = 0;
  for (std::uint64_t replicate = 0; replicate < replicates; ++replicate) count += done({point, replicate});
  return count;
}

std::uint64_t RunStore::size() const { return index_->size() + named_first_.size(); }

std::uint32_t RunStore::number_of(const std::string& name) {
  const auto [found, fresh] = numbers_.try_emplace(name, static_cast<std::uint32_t>(shards_.size()));
  if (fresh) shards_.push_back({.name = name});
  return found->second;
}

// Whole batches of a file between two bytes. all: without a look at what they keep.
RunStore::Loaded RunStore::load(const fs::path& path, std::uint64_t from, std::uint64_t to, bool all) const {
  Loaded loaded;
  std::error_code error;
  const std::uint64_t size = std::min<std::uint64_t>(to, fs::file_size(path, error));
  if (!error && from < size) bytes_of_file(path, from, 1);  // who may not read it is told so: that is no damage
  while (!error && from < size) {
    try {
      io::BatchHead head = io::head_at(path, from, size);
      const std::uint64_t records = from + head.bytes;
      if (all || is_wanted(head)) loaded.problem = io::problem_of_records(path, records, head);
      if (!loaded.problem.empty()) return loaded;
      loaded.at.push_back(records);
      from = records + head.records_bytes;
      loaded.batches.push_back(std::move(head));
    } catch (const std::exception& wrong) {
      loaded.problem = wrong.what();
      return loaded;
    }
  }
  return loaded;
}

bool RunStore::is_wanted(const io::BatchHead& head) const {
  if (head.label.kept != kept_) return false;
  constexpr ReplicateSpan every;
  if (only_.first == every.first && only_.last == every.last) return true;
  for (const io::Rectangle& rectangle : head.rectangles)
    if (only_.meets({rectangle.first, rectangle.first + rectangle.count - 1})) return true;
  return std::any_of(head.failures.begin(), head.failures.end(), [&](const io::FailedName& failed) {
    return only_.meets({failed.run.replicate, failed.run.replicate});
  });
}

void RunStore::index(std::uint32_t number, const Loaded& loaded) {
  for (std::size_t i = 0; i < loaded.batches.size(); ++i) {
    const io::BatchHead& head = loaded.batches[i];
    require_parameters(head.label.parameters, folder_);
    shards_[number].runs += head.runs(), shards_[number].read = loaded.at[i] + head.records_bytes;
    const KeptBatch batch{head.finished, head.seconds, head.runs()};
    latest_.insert(std::upper_bound(latest_.begin(), latest_.end(), batch,
                                    [](const KeptBatch& a, const KeptBatch& b) { return a.finished < b.finished; }),
                   batch);
    if (latest_.size() > most_latest) latest_.erase(latest_.begin());
    if (!is_wanted(head)) continue;
    std::uint64_t at = loaded.at[i];
    for (const io::Rectangle& rectangle : head.rectangles) {
      index_->add(number, rectangle, at);
      for (const io::PointRow& row : rectangle.points) at += io::row_bytes(row, rectangle.count);
    }
    for (const io::FailedName& failed : head.failures) failures_.emplace(failed.run, failed.cause);
  }
}

// Batches that a shard has gained. A finished one is whole, up to where it was finished, or it is damaged; what is behind the
// last whole batch of another may be on its way.
void RunStore::look_at(std::uint32_t number) {
  Shard& shard = shards_[number];
  if (shard.gone) return;
  if (io::is_first_name(shard.name)) return load_first(number);
  const fs::path path = folder_ / shard.name;
  const std::uint64_t known = shard.read, to = shard.finished ? shard.should_bytes : every_byte;
  std::error_code error;
  const std::uint64_t size = fs::file_size(path, error);
  if (error || known >= to || (!shard.finished && size == known)) return;
  Loaded loaded = load(path, known, to, false);
  // What another machine has written may be seen late; who opens a file is told more than who asks for its size.
  if (shard.finished && size < to && !bytes_of_file(path, to - 1, 1).empty()) loaded = load(path, known, to, false);
  const std::uint64_t reached = loaded.at.empty() ? known : loaded.at.back() + loaded.batches.back().records_bytes;
  if (shard.finished && loaded.problem.empty() && reached < to) loaded.problem = fmt::format("cut off: {} of {} bytes", size, to);
  if (!shard.finished || loaded.problem.empty()) return index(number, loaded);
  set_aside(number, loaded.problem);
  if (known > 0) load_anew();
}

void RunStore::set_aside(std::uint32_t number, const std::string& reason) {
  Shard& shard = shards_[number];
  shard.gone = true;
  const std::string name = fs::path(shard.name).filename().string();
  const std::string runs = shard.should_runs == 0 ? "runs" : counted(shard.should_runs, "run");
  std::string report = fmt::format("shard {} is damaged ({}): its {} will be run again", name, reason, runs);
  if (access_ == Access::write) {
    std::error_code error;
    io::make_folder_durably(folder_ / "damaged");
    fs::rename(folder_ / shard.name, folder_ / "damaged" / name, error);
    const bool done_by_another = !has_locks() && error == std::errc::no_such_file_or_directory;
    if (error && !done_by_another)
      throw StoreError(fmt::format("{}: is damaged and cannot be moved to {}: {}", (folder_ / shard.name).string(),
                                   (folder_ / "damaged").string(), error.message()));
    append_manifest(ordered_json{{"gone", shard.name}, {"why", visible(reason, Lines::one)}}.dump());
    report += fmt::format("; it is kept as {}", (folder_ / "damaged" / name).string());
  }
  reports_.push_back(std::move(report));
}

// What a damaged shard had may be in another one, too.
void RunStore::load_anew() {
  index_->clear();
  failures_.clear(), first_.clear(), latest_.clear();
  for (Shard& shard : shards_) shard.read = shard.runs = 0;
  for (std::uint32_t number = 0; number < shards_.size(); ++number) look_at(number);
}

const std::string& RunStore::page_of(const io::RunPlace& place) const {
  if (page_.shard == place.file && page_.at == place.page_at && page_.bytes.size() == place.page_size) return page_.bytes;
  const fs::path path = folder_ / shards_[place.file].name;
  page_ = {place.file, place.page_at, bytes_of_file(path, place.page_at, place.page_size)};
  if (page_.bytes.size() == place.page_size && io::problem_of_page(page_.bytes).empty()) return page_.bytes;
  page_ = {};
  throw StoreError(path.string() + ": has changed since it was opened; give the same command again");
}

StoredRun RunStore::read(const RunName& run) const {
  const auto place = index_->find(run);
  if (!place) {
    StoredRun first = read_first(named_first_.at(run));
    first.name = run;
    return first;
  }
  return io::decode_record(run, place->row,
                           std::string_view(page_of(*place)).substr(place->record_at, place->row.record_bytes()));
}

const std::string* RunStore::failure(const RunName& run) const {
  const auto found = failures_.find(run);
  return found == failures_.end() || done(run) ? nullptr : &found->second;
}

}  // namespace coalis
