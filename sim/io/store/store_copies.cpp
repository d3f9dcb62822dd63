// Runs that another machine has made in a copy of the store.
#include <fmt/format.h>

#include <algorithm>

#include "coalis/io/store/run_store.hpp"
#include "coalis/io/store/store_folder.hpp"
#include "shard.hpp"
#include "store_files.hpp"

namespace coalis {
namespace {

namespace fs = std::filesystem;

void require_copy(const fs::path& copy, const fs::path& folder, const std::string& study) {
  std::error_code ignored;
  const auto kept = study_kept_in(copy);
  if (!kept && !has_shards(copy))
    throw StoreError(copy.string() + ": keeps no runs of a study; name the folder STUDY.runs that another machine has made");
  if (kept && *kept != study)
    throw StoreError(
        fmt::format("{}: keeps runs of '{}', not of '{}'; name a copy of this study's folder", copy.string(), *kept, study));
  if (fs::equivalent(copy, folder, ignored)) throw StoreError(copy.string() + ": is the study's own folder; name a copy");
}

}  // namespace

TakenRuns RunStore::take_from(const fs::path& copy) {
  require_copy(copy, folder_, study_);
  TakenRuns taken;
  for (const std::string& name : io::files_ending(copy, io::shard_ending)) {
    const std::string bytes = io::read_bytes(copy / name);
    io::ShardIndex index;
    try {
      index = io::decode_shard(bytes);
    } catch (const std::exception& error) {
      reports_.push_back(fmt::format("{}: is damaged ({}); its runs are left out", (copy / name).string(), error.what()));
      ++taken.damaged;
      continue;
    }
    require_parameters(index.parameters, copy);
    const auto lacks = [&](const io::ShardRun& run) { return !done(run.key) && !(run.failed && failure(run.key)); };
    const auto news = index.kept == kept_ ? std::count_if(index.runs.begin(), index.runs.end(), lacks) : 0;
    if (news == 0) {
      ++taken.passed_over;
      continue;
    }
    std::error_code ignored;
    const bool named_so = fs::exists(folder_ / name, ignored);
    const auto failed = std::count_if(index.runs.begin(), index.runs.end(), [](const io::ShardRun& run) { return run.failed; });
    keep({named_so ? io::new_store_name(io::shard_ending) : name, index.runs.size(), static_cast<std::size_t>(failed),
          bytes.size()},
         bytes);
    ++taken.shards, taken.runs += static_cast<std::size_t>(news);
  }
  return taken;
}

}  // namespace coalis
