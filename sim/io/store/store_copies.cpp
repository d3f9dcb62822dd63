// Runs that another machine has made in a copy of the store.
#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "coalis/io/store/run_store.hpp"
#include "coalis/io/store/store_folder.hpp"
#include "coalis/io/text/whole_file.hpp"
#include "io/text/durable.hpp"
#include "io/text/output_file.hpp"
#include "shard_reading.hpp"
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

void RunStore::take_shard(const fs::path& copy, const std::string& name, TakenRuns& taken) {
  const fs::path path = copy / name;
  const Loaded loaded = load(path, 0, std::numeric_limits<std::uint64_t>::max(), true);
  const bool only_cut_off = loaded.problem.starts_with("cut off") && !loaded.batches.empty();
  if (!loaded.problem.empty() && !only_cut_off) {
    reports_.push_back(fmt::format("{}: is damaged ({}); its runs are left out", path.string(), loaded.problem));
    ++taken.damaged;
    return;
  }
  std::uint64_t news = 0, size = 0;
  for (std::size_t i = 0; i < loaded.batches.size(); ++i) {
    const io::BatchHead& head = loaded.batches[i];
    size = loaded.at[i] + head.records_bytes;
    require_parameters(head.label.parameters, copy);
    if (!is_wanted(head)) continue;
    for (const io::Rectangle& rectangle : head.rectangles)
      for (const io::PointRow& row : rectangle.points)
        news += rectangle.count - index_->done_in(row.point, rectangle.first, rectangle.first + rectangle.count);
    for (const io::FailedName& failed : head.failures) news += !done(failed.run) && !failure(failed.run);
  }
  if (news == 0) {
    ++taken.passed_over;
    return;
  }
  const std::string here = numbers_.contains(name) ? io::new_shard_name() : name;
  io::make_folder_durably((folder_ / here).parent_path());
  io::OutputFile file(folder_ / here, io::Replace::own);
  for_each_block(path, 0, [&](std::string_view block) {  // of one that is cut off what is whole
    file.write(block.substr(0, size));
    size -= std::min<std::uint64_t>(size, block.size());
  });
  file.put_in_place();
  const std::uint32_t number = number_of(here);
  look_at(number);
  finish_shard(number);
  ++taken.shards, taken.runs += news;
}

TakenRuns RunStore::take_from(const fs::path& copy, const NamedRuns& names) {
  require_copy(copy, folder_, study_);
  TakenRuns taken;
  bool first = false;
  for (const std::string& name : io::shards_in(copy))
    io::is_first_name(name) ? void(first = true) : take_shard(copy, name, taken);
  if (first) take_first(copy, names, taken);
  return taken;
}

}  // namespace coalis
