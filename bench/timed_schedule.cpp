// A replicate with a clock around every process. It includes the schedule itself, whose list of processes and start of a month it
// drives, and so stands in for it in this program. Compiled once per instruction set.
#include <chrono>

#include "kernels.hpp"
#include "sim/schedule/schedule.cpp"

namespace coalis::inline COALIS_ISA {
namespace {

// Adds the time since it was last asked to one part after the other.
class Laps {
 public:
  explicit Laps(bench::PartTimes& times) : times_(times) { restart(); }
  void restart() { last_ = std::chrono::steady_clock::now(); }
  void end_of(std::size_t part) {
    const auto now = std::chrono::steady_clock::now();
    times_[part] += std::chrono::duration<double, std::nano>(now - last_).count();
    last_ = now;
  }

 private:
  bench::PartTimes& times_;
  std::chrono::steady_clock::time_point last_;
};

void count_population(const World& w, bench::Work& work) {
  work.organisations = w.n;
  work.months = w.plan.months();
  for (int i = 0; i < w.n; ++i)
    work.chance_contacts += w.plan.scenario.parameters.contact_rate * (0.5 + w.mission[i]) * work.months;
}

void count_month(const World& w, bench::Work& work) {
  work.months_due += w.events_due;
  for (const int held : w.held_of) work.events += held;
  work.grant_rounds += w.month > 0 && w.month % 12 == 0;
  work.serving += static_cast<long long>(w.serving.size());
  work.contacts += w.contacts_count;
}

}  // namespace

void run_timed(World& w, const Recording& recording, RunRecord& record, bench::PartTimes& times, bench::Work& work) {
  enum Part : std::size_t { initialization, start_of_month, first_process };
  const std::size_t observation = first_process + list.size();
  times.assign(observation + 1, 0.0);
  work = {};
  Laps laps(times);
  initialize(w);
  laps.end_of(initialization);
  count_population(w, work);
  prepare_record(w, recording, record);
  for (int month = 0; month < w.plan.months(); ++month) {
    laps.restart();
    begin_month(w, month);
    laps.end_of(start_of_month);
    for (std::size_t number = 0; number < list.size(); ++number) {
      list[number].run(w);
      laps.end_of(first_process + number);
    }
    observe_month(w, recording, record);
    laps.end_of(observation);
    count_month(w, work);
  }
  laps.restart();
  observe_end(w, recording, record);
  laps.end_of(observation);
}

}  // namespace coalis::inline COALIS_ISA
