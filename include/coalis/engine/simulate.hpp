// One replicate of a scenario. The front door of the engine.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "coalis/core/parallel.hpp"
#include "coalis/model/plan.hpp"
#include "coalis/model/record.hpp"
#include "coalis/model/scenario.hpp"
#include "coalis/model/version.hpp"
#include "coalis/schedule/process_name.hpp"

namespace coalis {

struct World;
struct SharedDraws;
class AttendanceRule;  // model/attendance_rule.hpp
struct AskedRule;

// Instruction sets that this build has and this machine can run, best first ("v4", "v3", "v2", "portable").
std::vector<std::string_view> instruction_sets();

// The one for simulators that are asked for none, from now on: "" is the best there is. For a face of the program, before the
// first simulator, which refuses one that this build or machine has not.
void use_instruction_set(std::string_view name);
// What such simulators run by; as it was named if that is none of this build and machine.
std::string_view instruction_set_in_use();

// Runs replicates one after the other in the same memory. One object a thread.
class Simulator {
 public:
  // instruction_set: "" is use_instruction_set()'s; the bits do not depend on it.
  // loop: how to run over organisations inside a run; serial by default.
  explicit Simulator(std::shared_ptr<const Plan> plan, std::string_view instruction_set = "", const Loop& loop = serial_loop());
  ~Simulator();
  Simulator(Simulator&&) noexcept;

  // Simulators that are given one store draw once what they have in common (model/shared_draws.hpp); their scenarios must be
  // same_draws(). Each replicate is to be run by all before the next. The bits do not change. Null: draws by itself.
  void share(std::shared_ptr<SharedDraws> draws);
  bool shares() const { return shared_ != nullptr; }

  // From now on organisations attend by this rule instead of the structure's: an experiment, no run of the model. It must
  // outlive this; what it throws passes, and leaves a replicate that cannot be gone on with.
  void attend_by(AttendanceRule& rule);

  // Fills `record` (its memory is reused). A pure function of scenario, seed, replicate and recording.
  void run(std::uint64_t seed, std::uint32_t replicate, const Recording& recording, RunRecord& record);

  // The same piece by piece: the months before `end`, and then those from where it stopped.
  void begin(std::uint64_t seed, std::uint32_t replicate, int end, const Recording& recording, RunRecord& record);
  void go_on(int end, const Recording& recording, RunRecord& record);
  // Takes over where `past` stopped, with its record so far, so that go_on() gives the bits of run(): if the two scenarios are
  // alike until then (alike_until, model/shared_draws.hpp) and record the same.
  void take_over(const Simulator& past, const RunRecord& so_far, RunRecord& record);
  const Plan& plan() const { return *plan_; }

 private:
  std::shared_ptr<const Plan> plan_;
  std::unique_ptr<World> world_;
  std::shared_ptr<SharedDraws> shared_;
  std::shared_ptr<AskedRule> rule_;
  int done_ = 0;  // months of the replicate under way
  void (*replicate_)(World&, const Recording&, RunRecord&, int first, int end);
};

// The processes of a month in their order. The schedule runs from this list.
std::span<const ProcessName> schedule();

}  // namespace coalis
