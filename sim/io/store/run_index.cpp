// See run_index.hpp.
#include "run_index.hpp"

#include <algorithm>
#include <iterator>

namespace coalis::io {

std::uint64_t PointRow::record_bytes() const {
  return sizeof(std::uint64_t) + sizeof(double) * (std::uint64_t{counts[0]} + counts[1]) +
         sizeof(float) * (std::uint64_t{counts[2]} + counts[3]);
}

std::uint64_t records_a_page(const PointRow& row) { return std::max<std::uint64_t>(1, page_bytes / row.record_bytes()); }

std::uint64_t row_bytes(const PointRow& row, std::uint64_t count) {
  const std::uint64_t each = records_a_page(row);
  return count * row.record_bytes() + (count + each - 1) / each * page_head;
}

std::uint32_t RunIndex::list_of(const std::vector<PointRow>& points) {
  std::size_t hash = points.size();
  for (const PointRow& row : points) hash = hash * 31 + RunKeyHash()(row.point);
  const auto [begin, end] = lists_by_hash_.equal_range(hash);
  for (auto it = begin; it != end; ++it)
    if (lists_[it->second].points == points) return it->second;
  const auto number = static_cast<std::uint32_t>(lists_.size());
  List& list = lists_.emplace_back();
  list.points = points;
  list.alike = std::all_of(points.begin(), points.end(),
                           [&](const PointRow& row) { return row.record_bytes() == points.front().record_bytes(); });
  for (std::uint32_t place = 0; place < points.size(); ++place) points_[points[place].point].in.emplace_back(number, place);
  lists_by_hash_.emplace(hash, number);
  return number;
}

// Returns how many of them are new.
std::uint64_t RunIndex::add_span(std::vector<Span>& done, Span span) {
  auto first = std::lower_bound(done.begin(), done.end(), span.first, [](const Span& s, std::uint64_t at) { return s.end < at; });
  auto last = first;
  std::uint64_t known = 0;
  Span joined = span;
  for (; last != done.end() && last->first <= span.end; ++last) {
    const std::uint64_t from = std::max(last->first, span.first), to = std::min(last->end, span.end);
    known += to > from ? to - from : 0;
    joined = {std::min(joined.first, last->first), std::max(joined.end, last->end)};
  }
  if (first == last)
    done.insert(first, joined);
  else
    *first = joined, done.erase(std::next(first), last);
  return span.end - span.first - known;
}

void RunIndex::put(List& list, const Piece& piece) {
  const auto after = std::upper_bound(list.pieces.begin(), list.pieces.end(), piece.first,
                                      [](std::uint64_t first, const Piece& p) { return first < p.first; });
  if (after != list.pieces.begin()) {
    Piece& before = *std::prev(after);
    const std::uint64_t distance = before.repeats == 1 ? piece.at - before.at : before.stride;
    if (before.file == piece.file && before.count == piece.count && before.end() == piece.first && piece.at > before.at &&
        piece.at == before.at + before.repeats * distance) {
      before.stride = distance, ++before.repeats;
      list.longest = std::max(list.longest, before.end() - before.first);
      return;
    }
  }
  list.longest = std::max(list.longest, piece.count);
  list.pieces.insert(after, piece);
}

std::uint64_t RunIndex::add(std::uint32_t file, const Rectangle& rectangle, std::uint64_t at) {
  const std::uint32_t number = list_of(rectangle.points);
  std::uint64_t fresh = 0;
  for (const PointRow& row : rectangle.points)
    fresh += add_span(points_[row.point].done, {rectangle.first, rectangle.first + rectangle.count});
  if (fresh > 0) put(lists_[number], {rectangle.first, rectangle.count, 1, at, 0, file});
  size_ += fresh;
  return fresh;
}

std::uint64_t RunIndex::done_in(const RunKey& point, std::uint64_t first, std::uint64_t end) const {
  const auto known = points_.find(point);
  if (known == points_.end()) return 0;
  const auto& done = known->second.done;
  auto it = std::lower_bound(done.begin(), done.end(), first, [](const Span& s, std::uint64_t from) { return s.end <= from; });
  std::uint64_t count = 0;
  for (; it != done.end() && it->first < end; ++it) count += std::min(it->end, end) - std::max(it->first, first);
  return count;
}

RunPlace RunIndex::place_in(const List& list, const Piece& piece, std::uint32_t place, std::uint64_t replicate) {
  const PointRow& row = list.points[place];
  const std::uint64_t record = (replicate - piece.first) % piece.count;
  RunPlace found{.file = piece.file, .page_at = piece.at_of(replicate), .page_size = 0, .record_at = 0, .row = row};
  if (list.alike)
    found.page_at += place * row_bytes(row, piece.count);
  else
    for (std::uint32_t before = 0; before < place; ++before) found.page_at += row_bytes(list.points[before], piece.count);
  const std::uint64_t each = records_a_page(row), page = record / each;
  found.page_at += page * (page_head + each * row.record_bytes());
  found.page_size = page_head + std::min(each, piece.count - page * each) * row.record_bytes();
  found.record_at = page_head + record % each * row.record_bytes();
  return found;
}

// Of several the one in the file that was added first.
std::optional<RunPlace> RunIndex::find(const RunName& run) const {
  const auto known = points_.find(run.point);
  if (known == points_.end()) return std::nullopt;
  const List* best = nullptr;
  Piece found{};
  std::uint32_t at = 0;
  for (const auto& [number, place] : known->second.in) {
    const List& list = lists_[number];
    auto it = std::upper_bound(list.pieces.begin(), list.pieces.end(), run.replicate,
                               [](std::uint64_t replicate, const Piece& p) { return replicate < p.first; });
    while (it != list.pieces.begin() && (--it)->first + list.longest > run.replicate) {
      if (run.replicate >= it->end()) continue;
      const auto where = [&](const Piece& piece) { return std::pair(piece.file, piece.at_of(run.replicate)); };
      if (best && where(found) <= where(*it)) continue;
      best = &list, found = *it, at = place;
    }
  }
  return best ? std::optional(place_in(*best, found, at, run.replicate)) : std::nullopt;
}

std::size_t RunIndex::memory() const {
  std::size_t bytes = 0;
  for (const List& list : lists_)
    bytes += sizeof list + 64 + list.points.capacity() * sizeof(PointRow) + list.pieces.capacity() * sizeof(Piece);
  for (const auto& [point, known] : points_)
    bytes += sizeof point + sizeof known + 64 + known.in.capacity() * sizeof(known.in[0]) + known.done.capacity() * sizeof(Span);
  return bytes;
}

}  // namespace coalis::io
