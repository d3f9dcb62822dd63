// The answer of a study from its store.
#pragma once

#include <cstddef>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "coalis/statistics/summary.hpp"
#include "study_points.hpp"

namespace coalis::cli {

// A value of a factor without the quotes of TOML.
std::string plain(const std::string& value);

// The study's outcomes of its first `most` points, a table an outcome.
using SummaryOf = std::function<Summary(std::size_t point, std::size_t outcome)>;
std::string outcomes_by_point(const PreparedStudy& study, const SummaryOf& summary, std::size_t most);

// For people: the question, the paragraph, the figures behind it, what the uncertainty is of, what is assumed; of a study without
// [answer] its outcomes.
std::string answer_text(const PreparedStudy& study, const RunStore& store);
nlohmann::ordered_json answer_json(const PreparedStudy& study, const RunStore& store);

// What its figures vary by, for the result; empty without parameter sets or an answer.
std::vector<FigureParts> answer_parts(const PreparedStudy& study, const RunStore& store);

}  // namespace coalis::cli
