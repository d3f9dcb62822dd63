// See shard_reading.hpp.
#include "shard_reading.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "coalis/io/text/whole_file.hpp"

namespace coalis::io {
namespace {

// Parts of a file one behind the other, read in larger pieces.
class Pieces {
 public:
  Pieces(const std::filesystem::path& path, std::uint64_t at) : path_(path), at_(at) {}
  // The next so many bytes; fewer where the file ends.
  std::string_view next(std::uint64_t count) {
    if (bytes_.size() - used_ < count) {
      bytes_ = bytes_of_file(path_, at_ += std::exchange(used_, 0), std::max<std::size_t>(count, piece));
    }
    const std::string_view part = std::string_view(bytes_).substr(used_, count);
    used_ += part.size();
    return part;
  }

 private:
  static constexpr std::size_t piece = std::size_t{1} << 20;
  const std::filesystem::path& path_;
  std::uint64_t at_;
  std::string bytes_;
  std::size_t used_ = 0;  // of bytes_, which begin at at_
};

}  // namespace

BatchHead head_at(const std::filesystem::path& path, std::uint64_t at, std::uint64_t size) {
  constexpr std::size_t looked_at = std::size_t{1} << 13;  // most heads are smaller
  std::string bytes = bytes_of_file(path, at, looked_at);
  if (bytes.size() < batch_begin) throw StoreError(fmt::format("cut off after {} bytes", size));
  const BatchSize batch = size_of_batch(bytes);
  if (batch.all > size - at) throw StoreError(fmt::format("cut off: {} of {} bytes", size, at + batch.all));
  if (bytes.size() < batch.head) bytes = bytes_of_file(path, at, batch.head);
  return decode_head(std::string_view(bytes).substr(0, batch.head));
}

std::string problem_of_records(const std::filesystem::path& path, std::uint64_t at, const BatchHead& head) {
  Pieces pieces(path, at);
  for (const Rectangle& rectangle : head.rectangles) {
    for (const PointRow& row : rectangle.points) {
      const std::uint64_t each = records_a_page(row);
      for (std::uint64_t first = 0; first < rectangle.count; first += each) {
        const std::uint64_t size = page_head + std::min(each, rectangle.count - first) * row.record_bytes();
        const std::string_view page = pieces.next(size);
        if (page.size() < size) return "cut off";
        if (std::string problem = problem_of_page(page); !problem.empty()) return problem;
      }
    }
  }
  return "";
}

}  // namespace coalis::io
