// See study_part.hpp. The variables: sbatch(1) and srun(1) of Slurm, qsub(1) of SGE and PBS, bsub(1) of LSF, mpirun(1) of Open
// MPI; PMI_RANK is MPICH's and Intel's.
#include "study_part.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <cstdlib>
#include <initializer_list>
#include <optional>
#include <string_view>

#include "numbers.hpp"

namespace coalis::cli {
namespace {

constexpr const char* part_option = "--part";

// What a variable says if it is a whole number. Queues say "undefined" to a job that has none.
std::optional<std::uint64_t> number_in(const char* variable) {
  const char* text = variable ? std::getenv(variable) : nullptr;
  if (!text) return std::nullopt;
  std::uint64_t value = 0;
  const std::string_view digits = text;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return error == std::errc() && end == digits.data() + digits.size() ? std::optional(value) : std::nullopt;
}

// A place among others, counted from 0; `of` 0: how many there are is not said.
struct Place {
  std::uint64_t number = 0, of = 1;
  const char* variable = nullptr;
};

struct Array {
  const char *number, *first, *last, *step, *count;
};
constexpr std::initializer_list<Array> arrays = {
    {"SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_MIN", "SLURM_ARRAY_TASK_MAX", "SLURM_ARRAY_TASK_STEP", "SLURM_ARRAY_TASK_COUNT"},
    {"SGE_TASK_ID", "SGE_TASK_FIRST", "SGE_TASK_LAST", "SGE_TASK_STEPSIZE", nullptr},
    {"PBS_ARRAY_INDEX", nullptr, nullptr, nullptr, nullptr},
    {"PBS_ARRAYID", nullptr, nullptr, nullptr, nullptr},
    {"LSB_JOBINDEX", nullptr, "LSB_JOBINDEX_END", "LSB_JOBINDEX_STEP", nullptr},
};
struct Ranks {
  const char *rank, *size;
};
constexpr std::initializer_list<Ranks> ranks = {
    {"OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE"}, {"PMI_RANK", "PMI_SIZE"}, {"SLURM_PROCID", "SLURM_STEP_NUM_TASKS"}};

// `given`: how many parts there are, 0 if that is not said: then tasks are numbered as the array is, else from 1.
std::optional<Place> task_of_array(std::uint64_t given) {
  for (const Array& array : arrays) {
    const auto number = number_in(array.number);
    if (!number || (*number == 0 && !array.first)) continue;  // LSF's number of a job that is no array
    if (given > 0) return *number == 0 ? std::nullopt : std::optional(Place{*number - 1, given, array.number});
    const auto last = number_in(array.last);
    if (!last) return Place{*number, 0, array.number};
    const std::uint64_t first = number_in(array.first).value_or(1),
                        step = std::max<std::uint64_t>(1, number_in(array.step).value_or(1));
    const std::uint64_t of = *last < first ? 0 : (*last - first) / step + 1;
    const bool regular = *number >= first && *number <= *last && (*number - first) % step == 0;
    // From 2 on: some tasks of an array that were submitted again.
    if (!regular || first > 1 || number_in(array.count).value_or(of) != of) return Place{*number, 0, array.number};
    return Place{(*number - first) / step, of, array.number};
  }
  return std::nullopt;
}

std::optional<Place> rank_of_job() {
  for (const Ranks& names : ranks) {
    const auto rank = number_in(names.rank), size = number_in(names.size);
    if (rank && size && *rank < *size) return Place{*rank, *size, names.rank};
  }
  return std::nullopt;
}

[[noreturn]] void refuse(const std::string& problem, const std::string& advice) {
  throw CLI::ValidationError(part_option, problem + "; " + advice);
}

StudyPart part_of_environment(std::uint64_t given) {
  const auto task = task_of_array(given);
  const auto rank = rank_of_job();
  if (!task && !rank)
    refuse("no array and no rank is named by the environment (Slurm, SGE, PBS, LSF, MPI), or it is numbered from 0",
           "give --part 3/8");
  if (task && task->of == 0)
    refuse(fmt::format("{} is {}, and of how many is not said, or they are not evenly spaced from 0 or 1 on", task->variable,
                       task->number),
           "give --part auto/8, 8 being how many there are, counted from 1");
  Place place = task.value_or(Place{});
  if (rank && given == 0) place = {place.number * rank->of + rank->number, place.of * rank->of, rank->variable};
  if (rank && given > 0 && !task) place = {rank->number, given, rank->variable};
  if (place.number >= place.of || place.of > most_parts)
    refuse(fmt::format("{} makes it part {} of {}", place.variable, place.number + 1, place.of),
           fmt::format("give --part 3/8, of at most {} parts", most_parts));
  return {static_cast<std::uint32_t>(place.number + 1), static_cast<std::uint32_t>(place.of)};
}

}  // namespace

StudyPart study_part(const std::string& text) {
  if (text == "auto") return part_of_environment(0);
  const auto slash = text.find('/');
  if (slash == std::string::npos)
    refuse(fmt::format("'{}' is no part", text), "give --part 3/8, the third of eight, or --part auto");
  const std::string number = text.substr(0, slash);
  const std::uint64_t of = whole_number(part_option, text.substr(slash + 1), {1, most_parts});
  if (number == "auto") return part_of_environment(of);
  return {static_cast<std::uint32_t>(whole_number(part_option, number, {1, of})), static_cast<std::uint32_t>(of)};
}

}  // namespace coalis::cli
