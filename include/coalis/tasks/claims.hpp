// Who does what where several work on one store: a unit of work is claimed, done and released, by one at a time.
#pragma once

#include <cstdint>

#include "coalis/io/store/run_store.hpp"

namespace coalis {

class Claims {
 public:
  virtual ~Claims() = default;
  // False if somebody else has the unit. A claim ends with release() or with who holds it, however that dies.
  virtual bool claim(std::uint64_t unit) = 0;
  virtual void release(std::uint64_t unit) = 0;
  // Whether somebody else has it.
  virtual bool is_claimed(std::uint64_t unit) const = 0;
  // The same for what only one may do at a time; waits.
  virtual void claim_merge() = 0;
  virtual void release_merge() = 0;
};

// Processes that have the folder of one store: a lock on a byte of its file of claims for each unit.
class StoreClaims final : public Claims {
 public:
  explicit StoreClaims(RunStore& store) : store_(store) {}
  bool claim(std::uint64_t unit) override { return store_.claim(unit); }
  void release(std::uint64_t unit) override { store_.release(unit); }
  bool is_claimed(std::uint64_t unit) const override { return store_.is_claimed(unit); }
  void claim_merge() override { store_.claim_merge(); }
  void release_merge() override { store_.release_merge(); }

 private:
  RunStore& store_;
};

}  // namespace coalis
