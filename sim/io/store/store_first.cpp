// Runs in the first format: a file a batch in the folder itself, a key a run. They are found by asking for the key of every run
// that a question has, and kept anew in this format by the first process that may.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "coalis/core/counted.hpp"
#include "coalis/io/store/run_store.hpp"
#include "coalis/io/text/whole_file.hpp"
#include "first_shard.hpp"
#include "run_index.hpp"
#include "store_files.hpp"

namespace coalis {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kept_anew_at_once = 4000;  // runs; some MB
constexpr double most_values = 8e6;              // of a batch of them, bytes

double bytes_of(const StoredRun& run) {
  const RunRecord& r = run.record;
  return static_cast<double>((r.outcomes.size() + r.survey.size()) * sizeof(double) +
                             (r.trajectories.size() + r.region_trajectories.size()) * sizeof(float));
}

}  // namespace

void RunStore::load_first(std::uint32_t number) {
  Shard& shard = shards_[number];
  if (shard.read > 0) return;
  const fs::path path = folder_ / shard.name;
  std::error_code gone;
  if (!fs::exists(path, gone)) return;
  constexpr ReplicateSpan every;
  if (only_.first != every.first || only_.last != every.last) {
    const auto has = io::replicates_in(bytes_of_file(path, 0, io::looked_at_of_a_head));
    if (has && !has->meets(only_)) return;
  }
  const std::string bytes = io::read_bytes(path);
  io::ShardIndex index;
  try {
    index = io::decode_shard(bytes);
  } catch (const std::exception& error) {
    return set_aside(number, error.what());
  }
  shard.read = bytes.size();
  require_parameters(index.parameters, folder_);
  if (index.kept != kept_) return;
  shard.runs = index.runs.size();
  for (const io::ShardRun& run : index.runs) {
    FirstRun& known = first_.try_emplace(run.key, FirstRun{number, run.offset, run.length, run.failed}).first->second;
    if (known.failed && !run.failed) known = {number, run.offset, run.length, false};
  }
}

StoredRun RunStore::read_first(const FirstRun& run) const {
  const fs::path path = folder_ / shards_[run.shard].name;
  const std::string bytes = bytes_of_file(path, run.offset, run.length);
  if (bytes.size() == run.length) return io::decode_run(bytes);
  throw StoreError(path.string() + ": has changed since it was opened; give the same command again");
}

void RunStore::name_first(const NamedRuns& names) {
  if (first_.empty()) return;
  constexpr ReplicateSpan every;
  const bool whole = only_.first == every.first && only_.last == every.last;
  if (access_ == Access::write && has_locks() && whole) return keep_anew(names);
  for (std::size_t run = 0; run < names.runs; ++run) {
    const auto found = first_.find(names.key_of(run));
    if (found == first_.end()) continue;
    const RunName name = names.name_of(run);
    if (found->second.failed)
      failures_.emplace(name, read_first(found->second).cause);
    else if (!index_->done(name))
      named_first_.emplace(name, found->second);
  }
  first_.clear();
}

// A shard of the first format goes once all its runs are kept anew; one that has runs of another form of the study stays.
void RunStore::keep_anew(const NamedRuns& names) {
  claim_merge();
  refresh();  // another process may just have done it
  std::vector<StoredRun> batch;
  double bytes = 0;
  std::size_t kept = 0;
  const auto flush = [&] {
    append(batch, 0);
    kept += batch.size();
    batch.clear(), bytes = 0;
  };
  for (std::size_t run = 0; run < names.runs; ++run) {
    const auto found = first_.find(names.key_of(run));
    if (found == first_.end()) continue;
    const FirstRun there = found->second;
    first_.erase(found);  // what is left is of another form of the study
    const RunName name = names.name_of(run);
    if (index_->done(name) || there.failed) continue;  // what failed is tried again anyway
    StoredRun& one = batch.emplace_back(read_first(there));
    one.name = name;
    bytes += bytes_of(one);
    if (batch.size() >= kept_anew_at_once || bytes > most_values) flush();
  }
  flush();
  std::vector<bool> stays(shards_.size(), false);
  for (const auto& [key, run] : first_) stays[run.shard] = true;
  for (std::uint32_t number = 0; number < stays.size(); ++number) {
    Shard& shard = shards_[number];
    if (!io::is_first_name(shard.name) || shard.gone || shard.runs == 0 || stays[number]) continue;
    append_manifest(nlohmann::ordered_json{{"gone", shard.name}, {"why", "kept anew"}}.dump());
    std::error_code ignored;
    fs::remove(folder_ / shard.name, ignored);
    shard.gone = true;
  }
  if (kept > 0)
    reports_.push_back(fmt::format("{}: {} of an older Coalis {} kept anew in today's format", folder_.string(),
                                   counted(kept, "run"), kept == 1 ? "is" : "are"));
  first_.clear();
  release_merge();
}

// Of a copy in the first format, run by run.
void RunStore::take_first(const fs::path& copy, const NamedRuns& names, TakenRuns& taken) {
  RunStore other(copy, study_, kept_, Access::read, parameters_, {}, names);
  for (const std::string& report : other.take_reports()) reports_.push_back(fmt::format("{}: {}", copy.string(), report));
  std::vector<StoredRun> batch;
  for (std::size_t run = 0; run < names.runs; ++run) {
    const RunName name = names.name_of(run);
    if (done(name) || !other.named_first_.contains(name)) continue;
    batch.push_back(other.read(name));
    ++taken.runs;
    if (batch.size() < kept_anew_at_once) continue;
    append(batch, 0);
    batch.clear();
  }
  append(batch, 0);
  for (const Shard& shard : other.shards_)
    taken.damaged += shard.gone, taken.shards += !shard.gone && io::is_first_name(shard.name);
}

}  // namespace coalis
