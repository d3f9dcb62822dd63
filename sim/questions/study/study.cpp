#include "coalis/questions/study/study.hpp"

#include "coalis/network/outcomes.hpp"

namespace coalis {

Recording recording_of(StudyRecord record) {
  return {.trajectories = record >= StudyRecord::trajectories,
          .organisations = false,
          .ties = false,
          .survey = record == StudyRecord::all,
          .organisation_trajectories = false};
}

std::string kept_words(StudyRecord record, bool further) {
  return std::string(study_record_names[static_cast<std::size_t>(record)]) + (further ? " and further outcomes" : "");
}

bool Study::further() const {
  std::vector<std::size_t> named = outcomes;
  for (const Figure& figure : answer.figures) named.push_back(figure.outcome);
  return further_outcomes(named);
}

RunKey point_in_store(const StudyPoint& point, std::span<const StudyParameters> parameters) {
  if (parameters.empty()) return point.key;
  const StudyParameters& file = parameters[point.parameters];
  std::string text = to_string(point.key) + "\n" + file.hash + "\n";
  for (std::size_t i = 0; i < point.left_out.size(); ++i)
    if (point.left_out[i]) text += file.sets.paths[i] + "\n";
  return combined_key(text);
}

RunKey run_key(const StudyPoint& point, std::span<const StudyParameters> parameters, std::uint32_t replicate) {
  if (parameters.empty()) return run_key(point.key, replicate);
  const StudyParameters& file = parameters[point.parameters];
  const ParameterSet& set = file.sets.sets[file.drawn.at(replicate / replicates_a_set)];
  std::string text = to_string(point.key) + "\n";
  for (std::size_t i = 0; i < set.values.size(); ++i)
    if (point.left_out.empty() || !point.left_out[i]) text += file.sets.paths[i] + "=" + set.values[i] + "\n";
  return run_key(combined_key(text), replicate);
}

}  // namespace coalis
