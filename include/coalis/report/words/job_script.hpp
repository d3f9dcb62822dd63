// A study's parts as a job of a queue: the script that hands them over, with comments.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/questions/study/points.hpp"

namespace coalis {

enum class Queue { slurm, htcondor, parallel, snakemake };

struct JobScript {
  Queue queue = Queue::slurm;
  std::uint32_t parts = 16, at_once = 8;
  int threads = 1;                     // of a part
  std::uint64_t seconds = 3600;        // that a part may take
  std::vector<std::string> options{};  // further ones of every command: "--no-locks"
};

// The script; its paths are those that the study was given with, so that it is handed over from the same folder.
std::string job_script(const StudyQuestion& study, const std::string& result, const JobScript& job);

}  // namespace coalis
