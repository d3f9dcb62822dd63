// Observation (ODD 3, process 10): reads a world, never writes its state, draws from streams of its own.
#pragma once

#include <array>

#include "coalis/core/isa.hpp"
#include "coalis/model/record.hpp"
#include "coalis/model/world.hpp"

namespace coalis::inline COALIS_ISA {

// Kinds of events of a SurveyAnswer; -1 where the scenario lacks one.
inline std::array<int, 3> answer_kinds(const World& w) { return {w.plan.meeting, w.plan.outreach, w.plan.training}; }

void prepare_record(const World& w, const Recording& recording, RunRecord& record);
void observe_month(World& w, const Recording& recording, RunRecord& record);
void observe_end(World& w, const Recording& recording, RunRecord& record);

void record_trajectories(const World& w, const Recording& recording, RunRecord& record);  // one month, coalition and regions
void record_organisations(const World& w, RunRecord& record);                             // one month, every organisation
void take_survey(const World& w, const Recording& recording, RunRecord& record);          // model.md section 7
void record_outcomes(const World& w, RunRecord& record);                                  // section 9
std::uint64_t hash_state(const World& w, const RunRecord& record);

}  // namespace coalis::inline COALIS_ISA
