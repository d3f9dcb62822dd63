// What was answered, as files and other programs have it: the text for people, and every figure.
#pragma once

#include <string>

#include "coalis/core/provenance.hpp"
#include "coalis/io/store/run_store.hpp"
#include "coalis/questions/comparison/answer.hpp"
#include "coalis/questions/run/answer.hpp"
#include "coalis/questions/study/points.hpp"
#include "coalis/tasks/watch.hpp"

namespace coalis {

// JSON of the outcomes that were asked for; of all where that were the main ones.
std::string figures_of(const RunAnswer& answer);
std::string figures_of(const ComparisonAnswer& answer);

// What a study's runs that are done say, for people and as JSON: the figures of its answer, or its outcomes by point. "" once it
// is cancelled. Throws StoreError.
std::string text_of(const StudyQuestion& study, const RunStore& store, const Watch& watch = {});
std::string figures_of(const StudyQuestion& study, RunStore& store, const Watch& watch = {});

// For a file, whose name is not in it.
ToldAnswer told(const RunAnswer& answer);
ToldAnswer told(const ComparisonAnswer& answer);
ToldAnswer told(const StudyQuestion& study, RunStore& store, const Watch& watch = {});

}  // namespace coalis
