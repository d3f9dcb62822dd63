// coalis study merge and script, and the options of parts.
#include "study_queue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <stdexcept>
#include <vector>

#include "coalis/core/counted.hpp"
#include "coalis/io/hdf5/study_result.hpp"
#include "coalis/io/text/file_locks.hpp"
#include "coalis/report/words/job_script.hpp"
#include "coalis/report/words/study_text.hpp"
#include "coalis/tasks/study_run.hpp"
#include "coalis/tasks/study_store.hpp"
#include "commands.hpp"
#include "numbers.hpp"
#include "print.hpp"
#include "study_input.hpp"
#include "study_part.hpp"
#include "terminal.hpp"
#include "watching.hpp"

namespace coalis::cli {
namespace {

bool locks_left_out = false;

struct MergeOptions {
  StudyOptions study;
  std::vector<std::string> copies;
  std::string output;
  bool force = false, quiet = false;
};

void take_copies(const MergeOptions& options, const StudyQuestion& study, RunStore& store) {
  for (const std::string& copy : options.copies) {
    const std::filesystem::path folder = store_folder_of_copy(study, copy);
    const std::size_t missing = standing_of(study, store).missing;
    const TakenRuns taken = store.take_from(folder, named_runs(study));
    tell(store, notices_alone());
    if (!options.quiet)
      print_message("{}: {} with {} taken, {} passed over, {} damaged\n", folder.string(), counted(taken.shards, "shard"),
                    counted(taken.runs, "new run"), taken.passed_over, taken.damaged);
    if (taken.runs > 0 && standing_of(study, store).missing == missing)
      print_message(
          "{}: none of these runs is one that {} asks for as it is now (its seed, scenarios, points, parameters, replicates): "
          "they are of no use to it\n",
          folder.string(), study.file);
  }
}

int study_merge(const MergeOptions& options) {
  const auto prepared = prepare_and_report(options.study);
  if (!prepared) return bad_input;
  const StudyQuestion& study = prepared->question;
  try {
    const std::filesystem::path result = options.output.empty() ? result_path(study) : std::filesystem::path(options.output);
    check_study_result_path(result, options.force, study.study);
    RunStore store = open_store(study, Access::write);
    tell(store, notices_alone());
    take_copies(options, study, store);
    const auto [done, failed, missing] = standing_of(study, store);
    if (missing > 0) {
      print_message("{}: nothing is merged yet: {}\n", study.file, kept_text(study, done, study.runs(), queue_options({})));
      return failure;
    }
    StoreClaims claims(store);
    merge_study(*prepared, store, claims, result, provenance(study_command(study, "merge"), 1));
    if (!options.quiet)
      print_list(fmt::format("{}: {} in {}\n", study.study.name, kept_text(done, study.runs()), result.string()));
    return failed > 0 ? failure : success;
  } catch (const std::runtime_error& error) {
    print_message("{}\n", error.what());
    return file_error;
  }
}

struct ScriptOptions {
  StudyOptions study;
  JobScript job;
  std::string time = "1:00:00";
};

// "H:MM:SS"; throws CLI::ValidationError.
std::uint64_t seconds_in(const std::string& option, const std::string& text) {
  std::vector<std::string> parts(1);
  for (const char c : text) c == ':' ? parts.emplace_back() : parts.back().append(1, c);
  if (parts.size() != 3)
    throw CLI::ValidationError(option, fmt::format("takes hours, minutes and seconds, as 1:30:00, not '{}'", text));
  const std::uint64_t seconds = (whole_number(option, parts[0], {0, 9999}) * 60 + whole_number(option, parts[1], {0, 59})) * 60 +
                                whole_number(option, parts[2], {0, 59});
  if (seconds < 60) throw CLI::ValidationError(option, "takes at least a minute, 0:01:00");
  return seconds;
}

int study_script(ScriptOptions options) {
  const auto prepared = prepare_and_report(options.study);
  if (!prepared) return bad_input;
  options.job.seconds = seconds_in("--time", options.time);
  if (locks_left_out) options.job.options.emplace_back("--no-locks");
  print_answer("{}", job_script(prepared->question, result_path(prepared->question).string(), options.job));
  return success;
}

const std::map<std::string, Queue> queues = {
    {"slurm", Queue::slurm}, {"htcondor", Queue::htcondor}, {"parallel", Queue::parallel}, {"snakemake", Queue::snakemake}};

// One of them is asked for.
void add_queues(CLI::App& command, JobScript& job) {
  for (const auto& [name, queue] : queues) {
    CLI::Option* flag = command.add_flag_callback(
        "--" + name, [&job, queue = queue] { job.queue = queue; }, "For " + name);
    for (const auto& [other, ignored] : queues) {
      if (other >= name) break;
      flag->excludes(command.get_option("--" + other));
    }
  }
}

bool queue_is_asked(const CLI::App& command) {
  return std::any_of(queues.begin(), queues.end(), [&](const auto& queue) { return command.count("--" + queue.first) > 0; });
}

}  // namespace

void add_part(CLI::App& command, StudyPart& part) {
  const auto read = [&part](const CLI::results_t& texts) {
    part = study_part(texts.at(0));
    return true;
  };
  command
      .add_option("--part", read,
                  "Only a part of the runs, 3/8 the third of eight; auto as an array of Slurm, SGE, PBS or LSF or a rank of MPI "
                  "is numbered, auto/8 among eight. Merged by coalis study merge")
      ->type_name("K/N");
}

void add_no_locks(CLI::App& command) {
  command.add_flag_callback(
      "--no-locks",
      [] {
        locks_left_out = true;
        use_no_file_locks();
      },
      "Lock no files: where machines share a folder and do not see each other's locks");
}

std::string queue_options(StudyPart part) {
  return (part.whole() ? "" : fmt::format(" --part {}/{}", part.number, part.of)) + (locks_left_out ? " --no-locks" : "");
}

void add_study_merge(CLI::App& study, int& status) {
  const auto options = std::make_shared<MergeOptions>();
  CLI::App* command =
      study.add_subcommand("merge", "Merge the runs of all parts into the result file; first take those of copies");
  add_study_file(*command, options->study);
  add_study_replicates(*command, options->study);
  command->add_option("COPY", options->copies,
                      "The study's folder of runs as another machine has it, or the study file beside it");
  command->add_option("-o,--output", options->output, "As of coalis study run");
  command->add_flag("--force", options->force, "Replace a result of another study, of more replicates, or of another kind");
  command->add_flag("--quiet", options->quiet, "No line of what was taken, no closing line");
  add_no_locks(*command);
  command->footer(fmt::format(
      "Runs nothing. Copies stay as they are, and are taken again from the start whenever it is asked: what is here already is "
      "passed over.\n"
      "Examples:\n  coalis study merge {0}\n  coalis study merge {0} elsewhere/leader-and-meetings.runs\n"
      "Exit codes: 0 merged, 1 runs are missing or failed, 2 the study is wrong, 3 a file cannot be read or written.",
      example_study));
  command->callback([options, &status] { status = study_merge(*options); });
}

void add_study_script(CLI::App& study, int& status) {
  const auto options = std::make_shared<ScriptOptions>();
  CLI::App* command = study.add_subcommand("script", "Print a job script that does a study in parts on a queue, and merges them");
  add_study_file(*command, options->study);
  add_study_replicates(*command, options->study);
  add_queues(*command, options->job);
  add_whole(*command, "--parts", options->job.parts, {1, most_parts}, "Parts of the study, a job each");
  add_whole(*command, "--at-once", options->job.at_once, {1, most_parts}, "Parts at work at once, at most");
  add_whole(*command, "--threads", options->job.threads, {1, most_threads}, "Threads of a part");
  command->add_option("--time", options->time, "What a part may take; in time before its end it stops and keeps what it has")
      ->type_name("H:MM:SS")
      ->capture_default_str();
  add_no_locks(*command);
  command->footer(
      fmt::format("coalis plan says how long all of it will take.\n"
                  "Examples:\n  coalis study script {0} --slurm --parts 64 --time 2:00:00 > study.slurm\n"
                  "  coalis study script {0} --parallel --parts 8 | sh\n"
                  "Exit codes: 0, 2 the command line or the study is wrong.",
                  example_study));
  command->callback([options, command, &status] {
    if (!queue_is_asked(*command)) throw CLI::RequiredError("--slurm, --htcondor, --parallel or --snakemake");
    status = study_script(*options);
  });
}

}  // namespace coalis::cli
