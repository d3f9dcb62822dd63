// Scripts for queues. What is quoted is quoted as each of their languages asks.
#include "coalis/report/words/job_script.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "coalis/core/shell_word.hpp"

namespace coalis {
namespace {

using Words = std::vector<std::string>;

Words command_words(const StudyQuestion& study, std::string_view verb, const Words& options) {
  Words words{"coalis", "study", std::string(verb), study.file};
  for (const std::string& given : study.parameter_files) words.insert(words.end(), {"--parameters", given});
  if (study.replicates_given > 0) words.insert(words.end(), {"--replicates", std::to_string(study.replicates_given)});
  words.insert(words.end(), options.begin(), options.end());
  return words;
}

// Letters that every queue takes in names of jobs and logs.
std::string job_name(const StudyQuestion& study) {
  std::string name = std::filesystem::path(study.file).stem().string();
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  };
  std::replace_if(
      name.begin(), name.end(), [&](char c) { return !plain(c); }, '_');
  return name;
}

bool needs_quotes(std::string_view word) {
  return word.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./") != std::string_view::npos;
}

template <class Quote>
std::string words_joined(const Words& words, Quote&& quote) {
  std::string text;
  for (const std::string& word : words) text.append(text.empty() ? "" : " ").append(needs_quotes(word) ? quote(word) : word);
  return text;
}

std::string shell_text(const Words& words) {
  return words_joined(words, [](const std::string& word) { return shell_word(word); });
}

std::string with_doubled(std::string_view text, std::string_view doubled) {
  std::string to;
  for (const char c : text) to.append(doubled.find(c) == std::string_view::npos ? 1 : 2, c);
  return to;
}

// Within the double quotes of its "arguments".
std::string condor_text(const Words& words) {
  return words_joined(words, [](const std::string& word) {
    std::string text = "'";
    for (const char c : with_doubled(with_doubled(word, "'"), "\""))
      c == '$' ? text += "$(DOLLAR)" : text += c;  // "$(part)" in the name of a file is no macro
    return text + "'";
  });
}

// A text of Python in which braces stand for themselves.
std::string python_text(std::string_view text) {
  std::string to = "\"";
  for (const char c : with_doubled(text, "{}")) to.append(c == '"' || c == '\\' ? "\\" : "").append(1, c);
  return to + "\"";
}

std::string clock_text(std::uint64_t seconds) {
  return fmt::format("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

// Seconds before the end at which a part is asked to stop: it finishes the runs under way, and keeps them.
std::uint64_t seconds_before_end(std::uint64_t seconds) { return std::clamp<std::uint64_t>(seconds / 4, 1, 120); }

struct PartCommands {
  const StudyQuestion& study;
  const JobScript& job;
  Words part() const {
    Words words = command_words(study, "run", job.options);
    words.insert(words.end(), {"--threads", std::to_string(job.threads), "--quiet", "--part"});
    return words;
  }
  Words merge() const { return command_words(study, "merge", job.options); }
};

std::string script_head(const StudyQuestion& study, const JobScript& job, std::string_view queue, std::string_view how) {
  return fmt::format(
      "# {} in {} parts, for {}. {}\n"
      "# What is done is kept: whatever ends a part, hand the script over again, and only what is missing is run.\n",
      job_name(study), job.parts, queue, how);
}

std::string slurm_script(const PartCommands& commands) {
  const JobScript& job = commands.job;
  const std::string name = job_name(commands.study);
  return "#!/bin/sh\n" +
         script_head(commands.study, job, "Slurm",
                     "From the folder in which it was printed:\n"
                     "#   job=$(sbatch --parsable SCRIPT) && sbatch --dependency=afterok:\"$job\" --wrap 'sh SCRIPT'\n"
                     "# The second job merges: so does the script wherever it is no task of the array.") +
         fmt::format(
             "#SBATCH --job-name={0}\n"
             "# Parts, and how many of them at once at most.\n"
             "#SBATCH --array=1-{1}%{2}\n"
             "#SBATCH --ntasks=1\n"
             "#SBATCH --cpus-per-task={3}\n"
             "#SBATCH --time={4}\n"
             "# A part whose node fails is begun again, and goes on.\n"
             "#SBATCH --requeue\n"
             "#SBATCH --open-mode=append\n"
             "#SBATCH --output={0}.%a.log\n"
             "# So many seconds before its time is up it finishes the runs under way, keeps them and ends.\n"
             "#SBATCH --signal=B:TERM@{5}\n\n"
             "if [ -z \"${{SLURM_ARRAY_TASK_ID:-}}\" ]; then\n"
             "  exec {6}\n"
             "fi\n"
             "# exec: the signal reaches the program, not a shell.\n"
             "exec {7} \"$SLURM_ARRAY_TASK_ID/{1}\"\n",
             name, job.parts, job.at_once, job.threads, clock_text(job.seconds), seconds_before_end(job.seconds),
             shell_text(commands.merge()), shell_text(commands.part()));
}

std::string condor_script(const PartCommands& commands) {
  const JobScript& job = commands.job;
  return script_head(commands.study, job, "HTCondor",
                     "condor_submit SCRIPT, from the folder in which it was printed, which\n"
                     "# all machines must share.") +
         fmt::format(
             "# When all parts are done: {0}\n"
             "universe = vanilla\n"
             "executable = /usr/bin/env\n"
             "transfer_executable = false\n"
             "should_transfer_files = NO\n"
             "getenv = true\n"
             "# Jobs are counted from 0, parts from 1.\n"
             "part = $(Process) + 1\n"
             "arguments = \"{1} $INT(part)/{2}\"\n"
             "request_cpus = {3}\n"
             "# How many of them at once at most.\n"
             "max_materialize = {4}\n"
             "# A part that failed is begun again, and goes on.\n"
             "max_retries = 3\n"
             "# Asked to leave, it finishes the runs under way, keeps them and ends.\n"
             "kill_sig = SIGTERM\n"
             "job_max_vacate_time = {5}\n"
             "allowed_execute_duration = {6}\n"
             "log = {7}.log\n"
             "output = {7}.$INT(part).out\n"
             "error = {7}.$INT(part).err\n"
             "queue {2}\n",
             shell_text(commands.merge()), condor_text(commands.part()), job.parts, job.threads, job.at_once,
             seconds_before_end(job.seconds), job.seconds, job_name(commands.study));
}

std::string parallel_script(const PartCommands& commands) {
  const JobScript& job = commands.job;
  return "#!/bin/sh\n" +
         script_head(commands.study, job, "one machine with GNU parallel, or with xargs alone",
                     "From the folder in which it was printed: sh SCRIPT.\n"
                     "# Ctrl-C ends it at once; each part first keeps the runs that it has under way.") +
         fmt::format(
             "parts() {{\n"
             "  i=1\n"
             "  while [ \"$i\" -le {0} ]; do echo \"$i\" && i=$((i + 1)); done\n"
             "}}\n"
             "# In a variable, where no {{}} in the name of a file is taken for the number of a part.\n"
             "coalis_part={2}\n"
             "export coalis_part\n"
             "# At most {1} parts at once.\n"
             "if parallel --version 2>/dev/null </dev/null | grep -q GNU; then\n"
             "  parts | PARALLEL_SHELL=/bin/sh parallel --jobs {1} 'eval \"exec $coalis_part {{}}/{0}\"'\n"
             "else\n"
             "  parts | xargs -P {1} -I {{}} sh -c 'eval \"exec $coalis_part {{}}/{0}\"'\n"
             "fi\n"
             "exec {3}\n",
             job.parts, job.at_once, shell_word(shell_text(commands.part())), shell_text(commands.merge()));
}

std::string snakemake_script(const PartCommands& commands, const std::string& result) {
  const JobScript& job = commands.job;
  const std::string done = std::filesystem::path(result).replace_extension(".parts").string();
  return script_head(
             commands.study, job, "Snakemake",
             fmt::format("From the folder in which it was printed:\n"
                         "#   snakemake --snakefile SCRIPT --cores {}",
                         static_cast<std::uint64_t>(job.at_once) * static_cast<std::uint64_t>(std::max(1, job.threads)))) +
         fmt::format(
             "rule merge:\n"
             "    input: expand({0} + \"/{{part}}\", part=range(1, {1}))\n"
             "    output: {2}\n"
             "    shell: {3}\n\n"
             "# A part goes on where it was ended; the mark says that it has ended well.\n"
             "rule part:\n"
             "    output: touch({0} + \"/{{part}}\")\n"
             "    threads: {4}\n"
             "    retries: 3\n"
             "    resources: runtime={5}\n"
             "    shell: {6} + \" {{wildcards.part}}/{7}\"\n",
             python_text(done), std::uint64_t{job.parts} + 1, python_text(result), python_text(shell_text(commands.merge())),
             std::max(1, job.threads), (job.seconds + 59) / 60, python_text(shell_text(commands.part())), job.parts);
}

}  // namespace

std::string job_script(const StudyQuestion& study, const std::string& result, const JobScript& job) {
  const PartCommands commands{study, job};
  switch (job.queue) {
    case Queue::slurm: return slurm_script(commands);
    case Queue::htcondor: return condor_script(commands);
    case Queue::parallel: return parallel_script(commands);
    case Queue::snakemake: break;
  }
  return snakemake_script(commands, result);
}

}  // namespace coalis
