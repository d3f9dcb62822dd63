// The report on a study, from plain data: its question, its answer, the figures behind it, dose and response, frontier, points.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "coalis/report/charts/charts.hpp"
#include "coalis/report/pages/html.hpp"

namespace coalis::report {

struct StudyFigure {
  std::string name, meaning, structure, value, verdict;  // structure: "" without
  std::string parts{};                                   // of its variance: parameters and chance; "" without
};

// A file of parameter sets that the runs took theirs from.
struct ParameterFile {
  std::string name, hash;
};

struct StudyPage {
  std::string title, question, date;
  std::string short_answer;                            // a sentence of at most 25 words: the answer's own, or one that is made
  std::vector<std::string> sure;                       // how sure it is, as short; may be empty
  std::string definition, evidence;                    // of the first outcome; what stands behind it
  std::string answer, agreement, uncertainty, spread;  // paragraphs; all but uncertainty may be empty
  std::vector<StudyFigure> figures;
  std::size_t replicates = 0;
  html::Table points;  // levels of the study's outcomes
  std::optional<chart::DoseResponse> dose;
  std::vector<chart::Frontier> frontiers;  // of the options, one for each world that nobody chooses
  std::optional<chart::Importance> parts;  // share of each figure's variance that is parameters
  std::vector<ParameterFile> parameters;
  std::string program, commit, model, file, file_hash, commands;
  std::uint64_t seed = 0;
};

std::string html(const StudyPage& page);

}  // namespace coalis::report
