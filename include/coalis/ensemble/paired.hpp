// The executor of paired comparisons: replicate r of every scenario shares all draws, and all scenarios of a replicate run
// together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "coalis/ensemble/ensemble.hpp"
#include "coalis/model/record.hpp"
#include "coalis/model/scenario.hpp"

namespace coalis {

// Takes the records of all scenarios, replicate by replicate in the order of the list.
using PairedSink = std::function<void(std::span<const RunRecord>)>;

// Runs the listed replicates of all scenarios, all scenarios of a replicate in one task, and returns how many replicates the sink
// received. Order, memory, cancellation and errors are those of run_ensemble.
std::size_t run_paired(std::span<const Scenario> scenarios, std::uint64_t seed, std::span<const std::uint32_t> replicates,
                       const Recording& recording, const Execution& execution, const PairedSink& sink);

// The same where scenarios have variants (parameter sets): replicate r of all of them has variant variant_of(r), so that a pair
// shares its variant as it shares its draws. variants[variant][scenario]; the same scenarios in the same order in each.
std::size_t run_paired(std::span<const std::vector<Scenario>> variants,
                       const std::function<std::size_t(std::uint32_t replicate)>& variant_of, std::uint64_t seed,
                       std::span<const std::uint32_t> replicates, const Recording& recording, const Execution& execution,
                       const PairedSink& sink);

}  // namespace coalis
