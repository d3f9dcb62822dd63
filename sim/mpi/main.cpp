// Where coalis-mpi begins: a command by all ranks of a job of MPI, each with the command line of all.
#include <fmt/format.h>

#include <atomic>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "cli/commands.hpp"
#include "cli/print.hpp"
#include "cli/program.hpp"
#include "cli/ranks.hpp"
#include "follower.hpp"
#include "leader.hpp"
#include "messages.hpp"
#include "rate.hpp"

namespace {

using namespace coalis;

constexpr std::string_view help =
    R"(Usage: mpirun -n N coalis-mpi [--lease SECONDS] [--patience SECONDS] COMMAND FILE [options of coalis COMMAND]
  COMMAND: study run, sensitivity or calibrate

Does the runs of a study, a sensitivity analysis or a calibration by all ranks of a job of MPI. Rank 0 hands out ranges of runs, of the
length of some seconds, and does some itself. Of study run and sensitivity every rank keeps its own in STUDY.runs, which all must see; of
calibrate ranks send distances to rank 0, which samples and keeps the state. The answer has the bytes of coalis COMMAND. Whatever ends the
job, the same command goes on. (calibrate --check and --from are rank 0's alone, but for what is sampled after all.)

  --lease SECONDS      of work at most that a rank is given at once, and loses if it dies [5]
  --patience SECONDS   after which a rank that says nothing is lost, and others do what it had [30]
  --threads N          of a rank, 1 without it

Where MPI ends the job with the first rank that dies, give the command again; to go on without the rank:
  Open MPI   mpirun --enable-recovery -n N coalis-mpi study run STUDY
  MPICH      mpiexec -disable-auto-cleanup -n N sh -c 'trap "" USR1; coalis-mpi study run STUDY || [ $PMI_RANK != 0 ]'
mpirun -n N coalis-mpi messages SECONDS measures how many leases a second rank 0 hands out.
Exit codes: as of coalis COMMAND.
)";

struct Arguments {
  double lease = 5, patience = 30;
  std::optional<double> rate;  // seconds; instead of a study
  std::vector<char*> command;  // of coalis; empty: none
  bool help = false;
  std::string problem;
};

std::optional<double> seconds_in(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && value >= 0.01 && value <= 1e6 ? std::optional(value) : std::nullopt;
}

// The command, from its first word on; what is wrong with it.
void read_command(Arguments& asked, int at, int argc, char** argv) {
  const std::string_view first = at < argc ? argv[at] : "", second = at + 1 < argc ? argv[at + 1] : "";
  if (first == "-h") {
    asked.help = true;
  } else if (first == "messages" && seconds_in(second)) {
    asked.rate = seconds_in(second);
  } else if ((first == "study" && second == "run") || first == "sensitivity" || first == "calibrate") {
    asked.command.assign(1, argv[0]);
    asked.command.insert(asked.command.end(), argv + at, argv + argc);
    asked.command.push_back(nullptr);
  } else {
    asked.problem =
        "ranks share 'study run', 'sensitivity' and 'calibrate' alone: mpirun -n N coalis-mpi study run STUDY; see coalis-mpi "
        "--help";
  }
}

Arguments asked_by(int argc, char** argv) {
  Arguments asked;
  int at = 1;
  for (; at < argc && std::string_view(argv[at]).starts_with("--") && asked.problem.empty(); at += 2) {
    const std::string_view option = argv[at];
    const auto value = at + 1 < argc ? seconds_in(argv[at + 1]) : std::nullopt;
    if (option == "--help") {
      asked.help = true;
      return asked;
    }
    if (option != "--lease" && option != "--patience")
      asked.problem = fmt::format("there is no option '{}' before the command; see coalis-mpi --help", option);
    else if (!value)
      asked.problem = fmt::format("{}: takes seconds, from 0.01 to 1000000", option);
    else
      (option == "--lease" ? asked.lease : asked.patience) = *value;
  }
  if (asked.problem.empty()) read_command(asked, at, argc, argv);
  return asked;
}

// The program in a thread beside that of MPI's messages.
class Program {
 public:
  explicit Program(Arguments& asked)
      : thread_([this, &asked] {
          status_ = cli::program(static_cast<int>(asked.command.size()) - 1, asked.command.data());
          if (status_ != cli::success) last_words_ = cli::kept_messages();
          ended_ = true;
        }) {}
  ~Program() { thread_.join(); }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  const std::atomic<bool>& ended() const { return ended_; }
  // Once it has ended.
  int status() const { return status_; }
  const std::string& last_words() const { return last_words_; }

 private:
  int status_ = cli::failure;
  std::string last_words_;
  std::atomic<bool> ended_ = false;
  std::thread thread_;
};

// MPI's own end waits for every rank, also for those that are lost.
[[noreturn]] void end_alone(int status) {
  std::fflush(nullptr);
  std::_Exit(status);
}

int lead(ranks::Messages& messages, Arguments& asked) {
  ranks::Leader leader(messages, asked.patience);
  cli::be_one_of({&leader, asked.lease});
  Program program(asked);
  leader.serve(program.ended());
  if (program.status() == cli::success)  // else what is wrong was said, and ranks have the same to say
    for (const std::string& notice : leader.take_notices()) cli::print_message("{}\n", notice);
  if (leader.lost_any()) end_alone(program.status());
  messages.finish();
  return program.status();
}

// A rank that has failed by itself is no failure of the job: rank 0 says what came of it.
int follow(ranks::Messages& messages, Arguments& asked) {
  ranks::Follower follower(messages, asked.patience);
  cli::be_one_of({&follower, asked.lease});
  cli::keep_messages();
  Program program(asked);
  const auto end = follower.follow(program.ended(), program.last_words());
  if (end == ranks::Follower::End::orphaned) {
    std::fputs("coalis-mpi: rank 0 says nothing any more; what is done is kept, and the same command goes on\n", stderr);
    end_alone(cli::file_error);
  }
  if (end == ranks::Follower::End::alone) end_alone(cli::success);
  messages.finish();
  return cli::success;
}

}  // namespace

int main(int argc, char** argv) {
  ranks::Messages messages(argc, argv);
  Arguments asked = asked_by(argc, argv);
  if (!asked.command.empty()) return messages.rank() == 0 ? lead(messages, asked) : follow(messages, asked);
  if (asked.rate)
    ranks::measure_rate(messages, *asked.rate);
  else if (messages.rank() == 0)
    asked.help ? cli::write_answer(help) : cli::print_message("coalis-mpi: {}\n", asked.problem);
  messages.finish();
  return asked.problem.empty() ? cli::success : cli::bad_input;
}
