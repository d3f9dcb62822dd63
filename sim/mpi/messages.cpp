// See messages.hpp. MPI's interface for C alone, without those that some still have for C++.
#define OMPI_SKIP_MPICXX 1
#define MPICH_SKIP_MPICXX 1
#include "messages.hpp"

#include <mpi.h>

namespace coalis::ranks {

std::string Message::text() const { return {numbers.begin(), numbers.end()}; }

Messages::Messages(int& argc, char**& argv) {
  int provided = 0;
  MPI_Init_thread(&argc, &argv, MPI_THREAD_FUNNELED, &provided);
  // What becomes of a rank that is lost is ours to say.
  MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
  MPI_Comm_size(MPI_COMM_WORLD, &ranks_);
}

bool Messages::send(int rank, Word word, std::span<const std::uint64_t> numbers) {
  return MPI_Send(numbers.data(), static_cast<int>(numbers.size()), MPI_UINT64_T, rank, static_cast<int>(word), MPI_COMM_WORLD) ==
         MPI_SUCCESS;
}

bool Messages::send(int rank, Word word, std::string_view text) {
  return send(rank, word, std::vector<std::uint64_t>(text.begin(), text.end()));
}

std::optional<Message> Messages::receive() {
  int there = 0, count = 0;
  MPI_Status status;
  if (MPI_Iprobe(MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, &there, &status) != MPI_SUCCESS || there == 0) return std::nullopt;
  MPI_Get_count(&status, MPI_UINT64_T, &count);
  Message message{status.MPI_SOURCE, static_cast<Word>(status.MPI_TAG),
                  std::vector<std::uint64_t>(static_cast<std::size_t>(count))};
  if (MPI_Recv(message.numbers.data(), count, MPI_UINT64_T, status.MPI_SOURCE, status.MPI_TAG, MPI_COMM_WORLD,
               MPI_STATUS_IGNORE) != MPI_SUCCESS)
    return std::nullopt;
  return message;
}

void Messages::finish() { MPI_Finalize(); }

}  // namespace coalis::ranks
