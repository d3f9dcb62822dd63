// Messages between ranks, as whole numbers and texts. messages.cpp is all of the program that knows MPI, and the same for every
// MPI.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace coalis::ranks {

// From a rank to the one that leads (0): asks (and says what it has kept), beats (it lives), leaves. From that one: a lease, it
// is over, beats.
enum class Word : int { ask = 1, beat, leave, lease, over, go };

struct Message {
  int rank = 0;
  Word word = Word::beat;
  std::vector<std::uint64_t> numbers;
  std::string text() const;  // numbers as letters
};

// MPI, from its beginning to its end. To be used by one thread.
class Messages {
 public:
  Messages(int& argc, char**& argv);
  Messages(const Messages&) = delete;
  Messages& operator=(const Messages&) = delete;

  int rank() const { return rank_; }
  int ranks() const { return ranks_; }
  // False if it cannot be sent: the rank is gone.
  bool send(int rank, Word word, std::span<const std::uint64_t> numbers = {});
  bool send(int rank, Word word, std::string_view text);
  // Does not wait.
  std::optional<Message> receive();
  // Ends MPI, which waits for all ranks: not where one is lost.
  void finish();

 private:
  int rank_ = 0, ranks_ = 1;
};

}  // namespace coalis::ranks
