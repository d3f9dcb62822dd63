// The steps of abc_smc.hpp where several processes run the proposals.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

#include "coalis/inference/abc_smc.hpp"

namespace coalis {

// Proposals of the generation under way, by number: of each a record whose outcomes are its distance, then its values. Of the
// state they hang on the number of the generation and the population before it.
std::size_t run_proposals(const AbcState& state, const AbcModel& model, const AbcSettings& settings,
                          std::span<const std::uint32_t> numbers, const Execution& execution, const Sink& sink);

// Who runs them: run_proposals(), or several processes, with the same records in the same order.
using RunProposals = std::function<std::size_t(const AbcState& state, std::span<const std::uint32_t> numbers, const Sink& sink)>;

// advance_abc() whose proposals are run by `run`.
void advance_abc_by(AbcState& state, const AbcModel& model, const AbcSettings& settings, std::size_t proposals,
                    const RunProposals& run);

}  // namespace coalis
