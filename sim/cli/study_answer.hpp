// The answer of a study from its store.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "study_points.hpp"

namespace coalis::cli {

// For people: the question, the paragraph, the figures behind it, what the uncertainty is of, what is assumed.
std::string answer_text(const PreparedStudy& study, const RunStore& store);
nlohmann::ordered_json answer_json(const PreparedStudy& study, const RunStore& store);

// What its figures vary by, for the result; empty without parameter sets or an answer.
std::vector<FigureParts> answer_parts(const PreparedStudy& study, const RunStore& store);

}  // namespace coalis::cli
