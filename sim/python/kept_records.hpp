// Records of many runs in a few large blocks of memory. Each with vectors of its own takes a third more time than the run.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <span>
#include <vector>

#include "coalis/model/record.hpp"

namespace coalis::python {

class KeptRecords {
 public:
  KeptRecords() = default;
  KeptRecords(KeptRecords&&) = default;
  KeptRecords& operator=(KeptRecords&&) = default;

  void add(const RunRecord& record);
  std::size_t size() const { return places_.size(); }

  // Into `record`, whose memory is reused.
  void get(std::size_t number, RunRecord& record) const;
  std::uint64_t hash(std::size_t number) const;
  std::span<const double> outcomes(std::size_t number) const;

 private:
  struct Free {
    void operator()(std::byte* block) const { std::free(block); }
  };
  std::byte* room(std::size_t bytes);

  std::vector<std::unique_ptr<std::byte, Free>> blocks_;
  std::vector<const std::byte*> places_;  // [record]
  std::size_t used_ = 0, block_ = 0;      // bytes of the last block; that it has
};

}  // namespace coalis::python
