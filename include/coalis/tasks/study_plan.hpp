// What a study will take, from trials of runs that it will make, before anything starts.
#pragma once

#include "coalis/io/store/run_store.hpp"
#include "coalis/questions/study/findings.hpp"

namespace coalis {

// Of what the store misses, by so many processes of so many threads each; memory is that of one. The sets of the study have been
// tried (study_prepare.hpp). Throws what a run throws.
StudyForecast forecast(const StudyQuestion& study, const RunStore& store, int threads, std::uint32_t processes = 1);

}  // namespace coalis
