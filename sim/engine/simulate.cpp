#include "coalis/engine/simulate.hpp"

#include <array>
#include <stdexcept>
#include <string>

#include "coalis/model/attendance_rule.hpp"
#include "coalis/model/world.hpp"

namespace coalis {
inline namespace portable {
void run_replicate(World&, const Recording&, RunRecord&, int first, int end);
std::span<const ProcessName> process_names();
}  // namespace portable
#ifdef COALIS_X86_ENGINES
namespace v2 {
void run_replicate(World&, const Recording&, RunRecord&, int first, int end);
}
namespace v3 {
void run_replicate(World&, const Recording&, RunRecord&, int first, int end);
}
namespace v4 {
void run_replicate(World&, const Recording&, RunRecord&, int first, int end);
}
#endif

namespace {

struct Engine {
  std::string_view name;
  void (*run)(World&, const Recording&, RunRecord&, int first, int end);
  bool here;
};

// Best first. The bits are the same.
std::vector<Engine> engines() {
#ifdef COALIS_X86_ENGINES
  __builtin_cpu_init();
  const bool v2 = __builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("ssse3") && __builtin_cpu_supports("popcnt");
  const bool v3 = v2 && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi") &&
                  __builtin_cpu_supports("bmi2");
  const bool v4 = v3 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                  __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
  return {{"v4", v4::run_replicate, v4},
          {"v3", v3::run_replicate, v3},
          {"v2", v2::run_replicate, v2},
          {"portable", portable::run_replicate, true}};
#else
  return {{"portable", portable::run_replicate, true}};
#endif
}

std::string& chosen() {
  static std::string name;
  return name;
}

auto engine_named(std::string_view wanted) {
  if (wanted.empty()) wanted = chosen();
  for (const Engine& engine : engines())
    if (engine.here && (wanted.empty() || engine.name == wanted)) return engine.run;
  throw std::invalid_argument("this build or machine has no instruction set '" + std::string(wanted) +
                              "'; use one of v4, v3, v2, portable");
}

}  // namespace

std::vector<std::string_view> instruction_sets() {
  std::vector<std::string_view> names;
  for (const Engine& engine : engines())
    if (engine.here) names.push_back(engine.name);
  return names;
}

void use_instruction_set(std::string_view name) { chosen() = name; }
std::string_view instruction_set_in_use() { return chosen().empty() ? instruction_sets().front() : std::string_view(chosen()); }

std::span<const ProcessName> schedule() { return portable::process_names(); }

Simulator::Simulator(std::shared_ptr<const Plan> plan, std::string_view instruction_set, const Loop& loop)
    : plan_(std::move(plan)), world_(std::make_unique<World>(*plan_, loop)), replicate_(engine_named(instruction_set)) {}
Simulator::~Simulator() = default;
Simulator::Simulator(Simulator&&) noexcept = default;

void Simulator::share(std::shared_ptr<SharedDraws> draws) {
  shared_ = std::move(draws);
  world_->shared = shared_.get();
}

void Simulator::attend_by(AttendanceRule& rule) {
  rule_ = std::make_shared<AskedRule>(rule, static_cast<std::size_t>(world_->lanes_n));
  world_->rule = rule_.get();
}

void Simulator::run(std::uint64_t seed, std::uint32_t replicate, const Recording& recording, RunRecord& record) {
  begin(seed, replicate, plan_->months(), recording, record);
}

void Simulator::begin(std::uint64_t seed, std::uint32_t replicate, int end, const Recording& recording, RunRecord& record) {
  world_->stream = {seed, replicate};
  replicate_(*world_, recording, record, 0, end);
  done_ = end;
}

void Simulator::go_on(int end, const Recording& recording, RunRecord& record) {
  if (end == done_) return;  // the end of a run is observed once
  replicate_(*world_, recording, record, done_, end);
  done_ = end;
}

void Simulator::take_over(const Simulator& past, const RunRecord& so_far, RunRecord& record) {
  static_cast<WorldState&>(*world_) = *past.world_;
  world_->stream = past.world_->stream;
  done_ = past.done_;
  record = so_far;
}

}  // namespace coalis
