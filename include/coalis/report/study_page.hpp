// The report on a study, from plain data: its question, its answer, the figures behind it, dose and response, frontier, points.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "coalis/report/charts.hpp"
#include "coalis/report/html.hpp"

namespace coalis::report {

struct StudyFigure {
  std::string name, meaning, structure, value, verdict;  // structure: "" without
};

struct StudyPage {
  std::string title, question, date;
  std::string answer, agreement, uncertainty;  // paragraphs; answer and agreement may be empty
  std::vector<StudyFigure> figures;
  std::size_t replicates = 0;
  html::Table points;  // levels of the study's outcomes
  std::optional<chart::DoseResponse> dose;
  std::optional<chart::Frontier> frontier;
  std::string program, commit, model, file, file_hash, commands;
  std::uint64_t seed = 0;
};

std::string html(const StudyPage& page);

}  // namespace coalis::report
