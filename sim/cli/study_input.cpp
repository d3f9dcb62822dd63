#include "study_input.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "coalis/io/text/file_error.hpp"
#include "print.hpp"

namespace coalis::cli {

std::optional<PreparedStudy> prepare_and_report(const StudyOptions& options) try {
  auto prepared = prepare_study(options);
  print_problems("coalis study", prepared.problems);
  return std::move(prepared.question);
} catch (const FileError& wrong) {
  print_message("{}\n", wrong.what());
  return std::nullopt;
}

std::optional<PreparedStudy> prepare_to_run(const StudyOptions& options) {
  constexpr std::size_t most = 20;
  auto prepared = prepare_and_report(options);
  if (!prepared) return prepared;
  const auto problems = try_sets(prepared->question);
  if (problems.empty()) return prepared;
  print_problems("coalis study", std::span(problems).first(std::min(most, problems.size())));
  if (problems.size() > most) print_message("and {} more\n", problems.size() - most);
  return std::nullopt;
}

}  // namespace coalis::cli
