// coalis study status: how far a study is, and what it says so far.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <nlohmann/json.hpp>
#include <thread>

#include "coalis/core/counted.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/report/words/plain_text.hpp"
#include "coalis/statistics/summary.hpp"
#include "coalis/tasks/missing_runs.hpp"
#include "commands.hpp"
#include "print.hpp"
#include "progress.hpp"
#include "study_answer.hpp"
#include "study_commands.hpp"
#include "study_parameters.hpp"
#include "study_points.hpp"
#include "terminal.hpp"
#include "watching.hpp"

namespace coalis::cli {
namespace {

using nlohmann::ordered_json;

// What is in the store, kept up to date from look to look.
class Standing {
 public:
  Standing(const PreparedStudy& study, RunStore& store)
      : study_(study),
        store_(store),
        samples_(study.points.size(), Samples(outcomes_of(study.study().further()).size())),
        counted_(study.runs(), false) {}

  void look() {
    store_.refresh();
    failed_ = 0;
    for (std::size_t run = 0; run < study_.runs(); ++run) {
      if (counted_[run]) continue;
      const RunKey key = study_.key_of(run);
      if (store_.done(key)) {
        samples_[study_.point_of(run)].add(store_.read(key).record.outcomes);
        counted_[run] = true;
        ++done_;
      } else if (store_.failure(key)) {
        ++failed_;
      }
    }
  }

  std::size_t done() const { return done_; }
  std::size_t failed() const { return failed_; }
  std::size_t missing() const { return study_.runs() - done_ - failed_; }
  Summary summary(std::size_t point, std::size_t outcome) const { return samples_[point].summary(outcome); }

  // Runs a second over the latest shards; 0 if that cannot be said.
  double rate() const {
    constexpr std::size_t most = 30;
    const auto& all = store_.manifest();
    if (all.empty()) return 0;
    const std::size_t first = all.size() > most ? all.size() - most : 0;
    double runs = 0;
    double begin = 1e300, end = 0;
    for (std::size_t i = first; i < all.size(); ++i) {
      runs += static_cast<double>(all[i].runs);
      begin = std::min(begin, static_cast<double>(all[i].finished) - all[i].seconds);
      end = std::max(end, static_cast<double>(all[i].finished));
    }
    const double span = std::max(end - begin, all.back().seconds);
    return span > 0 ? runs / span : 0;
  }

 private:
  const PreparedStudy& study_;
  RunStore& store_;
  std::vector<Samples> samples_;  // by point
  std::vector<bool> counted_;
  std::size_t done_ = 0, failed_ = 0;
};

std::string to_text(const PreparedStudy& study, const RunStore& store, const Standing& standing) {
  const double rate = standing.rate();
  const bool running = store.others_at_work();
  std::string text = fmt::format("{}\n{}\n\n{} of {} done, {} failed, {} missing", study.study().name, study.study().question,
                                 standing.done(), counted(study.runs(), "run"), standing.failed(), standing.missing());
  if (running && rate > 0) {
    text += fmt::format("; {} runs a second, {} left", significant(rate, 3),
                        duration_text(static_cast<double>(standing.missing()) / rate));
  } else if (running) {
    text += "; at work";
  } else if (standing.missing() > 0) {
    text += "; nobody is at work, go on with: " + study.command("run");
  }
  text += "\n";
  if (const std::string parameters = parameters_text(study); !parameters.empty()) text += "Parameters: " + parameters + "\n";
  return text + outcomes_by_point(
                    study, [&](std::size_t point, std::size_t outcome) { return standing.summary(point, outcome); },
                    study.points.size());
}

ordered_json number(double value) { return std::isfinite(value) ? ordered_json(value) : ordered_json(nullptr); }

ordered_json to_json(const PreparedStudy& study, const RunStore& store, const Standing& standing) {
  ordered_json json{{"study", study.study().name},      {"runs", study.runs()},
                    {"done", standing.done()},          {"failed", standing.failed()},
                    {"missing", standing.missing()},    {"at_work", store.others_at_work()},
                    {"runs_a_second", standing.rate()}, {"parameters", parameters_json(study)},
                    {"points", ordered_json::array()}};
  for (std::size_t p = 0; p < study.points.size(); ++p) {
    ordered_json point{
        {"point", p}, {"scenario", study.study().scenarios[study.points[p].scenario]}, {"outcomes", ordered_json::object()}};
    for (std::size_t f = 0; f < study.study().design.factors.size(); ++f) {
      point["factors"][study.study().design.factors[f].name] = study.points[p].values[f];
    }
    for (const auto outcome : study.study().outcomes) {
      const Summary s = standing.summary(p, outcome);
      point["outcomes"][all_outcome_quantities()[outcome].name] = {
          {"n", s.n}, {"mean", number(s.mean)}, {"se", number(s.se)}, {"q10", number(s.q10)}, {"q90", number(s.q90)}};
    }
    json["points"].push_back(std::move(point));
  }
  return json;
}

}  // namespace

int study_status(const StudyStatusOptions& options) {
  const auto study = prepare_study(options.file, options.parameters);
  if (!study) return bad_input;
  try {
    RunStore store = study->open_store(Access::read);
    Standing standing(*study, store);
    const Interruption interruption;
    while (true) {
      standing.look();
      tell(store, notices_alone());
      const bool screen = options.watch && ::isatty(STDOUT_FILENO) == 1;
      if (screen) clear_screen();
      if (options.json)
        print_answer("{}\n", to_json(*study, store, standing).dump(2));
      else
        print_text(to_text(*study, store, standing));
      std::fflush(stdout);
      if (!options.watch || standing.missing() == 0) break;
      for (int tenths = 0; tenths < 20 && !interruption.requested(); ++tenths)
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
      if (interruption.requested()) return interruption.exit_code();
    }
    return standing.failed() > 0 ? failure : success;
  } catch (const std::runtime_error& error) {
    print_message("{}\n", error.what());
    return file_error;
  }
}

}  // namespace coalis::cli
