// Which runs lie where, in memory: rectangles of runs instead of runs. What it takes grows with points, files and gaps, not with
// runs.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "coalis/questions/run_key.hpp"

namespace coalis::io {

// A point, and how many numbers each of its records has: outcomes, figures of the survey, trajectories, those by region.
struct PointRow {
  RunKey point;
  std::array<std::uint32_t, 4> counts{};
  bool operator==(const PointRow&) const = default;
  std::uint64_t record_bytes() const;
};

// Runs that were kept together: the same replicates of each of some points. Their records lie point by point, each point's in
// pages, and each page begins with the checksum of its records.
struct Rectangle {
  std::vector<PointRow> points;
  std::uint64_t first = 0, count = 0;  // replicates
  std::uint64_t runs() const { return count * points.size(); }
};

inline constexpr std::uint64_t page_bytes = std::uint64_t{1} << 18;  // of records, at most, unless one is larger
inline constexpr std::uint64_t page_head = sizeof(std::uint64_t);
std::uint64_t records_a_page(const PointRow& row);
// Of so many records, with the heads of their pages.
std::uint64_t row_bytes(const PointRow& row, std::uint64_t count);

// Where a run lies: its page in its file, and its record in the page.
struct RunPlace {
  std::uint32_t file = 0;
  std::uint64_t page_at = 0;
  std::uint64_t page_size = 0;  // with its head
  std::uint64_t record_at = 0;  // in the page
  PointRow row;
};

class RunIndex {
 public:
  // Of a file, whose pages begin at byte `at`. What is known already is not taken a second time: of equal runs those of the file
  // that is added first count. Returns how many runs are new.
  std::uint64_t add(std::uint32_t file, const Rectangle& rectangle, std::uint64_t at);
  void clear() { *this = {}; }

  bool done(const RunName& run) const { return done_in(run.point, run.replicate, run.replicate + 1) > 0; }
  // How many of the replicates of a point, `end` excluded.
  std::uint64_t done_in(const RunKey& point, std::uint64_t first, std::uint64_t end) const;
  std::uint64_t size() const { return size_; }  // runs
  std::optional<RunPlace> find(const RunName& run) const;
  std::size_t memory() const;  // bytes, about

 private:
  // Rectangles of the same points that follow each other in a file at equal distances are one entry.
  struct Piece {
    std::uint64_t first, count, repeats;  // replicates: count in each
    std::uint64_t at, stride;             // bytes
    std::uint32_t file;
    std::uint64_t end() const { return first + count * repeats; }
    std::uint64_t at_of(std::uint64_t replicate) const { return at + (replicate - first) / count * stride; }
  };
  struct List {
    std::vector<PointRow> points;
    bool alike = true;          // records of all points are of one size
    std::vector<Piece> pieces;  // by their first replicate
    std::uint64_t longest = 0;  // replicates of a piece
  };
  struct Span {
    std::uint64_t first, end;
  };
  struct Known {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> in;  // lists, and its place in them
    std::vector<Span> done;                                   // apart from each other, in order
  };
  std::uint32_t list_of(const std::vector<PointRow>& points);
  static void put(List& list, const Piece& piece);
  static std::uint64_t add_span(std::vector<Span>& done, Span span);
  static RunPlace place_in(const List& list, const Piece& piece, std::uint32_t place, std::uint64_t replicate);

  std::vector<List> lists_;
  std::unordered_multimap<std::size_t, std::uint32_t> lists_by_hash_;
  std::unordered_map<RunKey, Known, RunKeyHash> points_;
  std::uint64_t size_ = 0;
};

}  // namespace coalis::io
