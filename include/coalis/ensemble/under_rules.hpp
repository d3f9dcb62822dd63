// The executors with rules of attendance from outside (model/attendance_rule.hpp) in the place of the scenarios' structures: in
// one thread, which is the caller's. A rule that gives up (RuleGaveUp) ends the list there: what the sink has received is whole.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "coalis/ensemble/paired.hpp"

namespace coalis {

// As run_ensemble(); rule: null for the scenario's own, then in as many threads as the execution has.
std::size_t run_ensemble_under(AttendanceRule* rule, const Scenario& scenario, std::uint64_t seed,
                               std::span<const std::uint32_t> replicates, const Recording& recording, const Execution& execution,
                               const Sink& sink);

// As run_paired(); rules: one a scenario, null for its own; empty: none, then in as many threads as the execution has.
std::size_t run_paired_under(const std::vector<AttendanceRule*>& rules, std::span<const std::vector<Scenario>> variants,
                             const std::function<std::size_t(std::uint32_t replicate)>& variant_of, std::uint64_t seed,
                             std::span<const std::uint32_t> replicates, const Recording& recording, const Execution& execution,
                             const PairedSink& sink);

}  // namespace coalis
