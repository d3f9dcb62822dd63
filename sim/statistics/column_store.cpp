// See column_store.hpp. One file serves all tables of the process; blocks that are released are used again.
#include "coalis/statistics/column_store.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <map>
#include <mutex>
#include <stdexcept>

namespace coalis {
namespace {

class TemporaryFile {
 public:
  static TemporaryFile& shared() {
    static TemporaryFile file;
    return file;
  }

  // Where the bytes are from now on, released with the last copy; null if they could not be written.
  std::shared_ptr<const std::uint64_t> write(const void* bytes, std::size_t size) {
    const std::lock_guard guard(lock_);
    if (!trouble_.empty() || !open()) return nullptr;
    auto& idle = idle_[size];
    const std::uint64_t at = idle.empty() ? end_ : idle.back();
    if (!write_at(at, static_cast<const char*>(bytes), size)) return nullptr;
    if (idle.empty())
      end_ += size;
    else
      idle.pop_back();
    return {new std::uint64_t(at), [this, size](const std::uint64_t* place) {
              release(*place, size);
              delete place;
            }};
  }

  void read(std::uint64_t at, void* bytes, std::size_t size) const {
    for (auto* to = static_cast<char*>(bytes); size > 0;) {
      const auto got = ::pread(descriptor_, to, size, static_cast<off_t>(at));
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0)
        throw std::runtime_error(
            "the temporary file cannot be read: " + std::string(got < 0 ? std::strerror(errno) : "it is too short") +
            "; check the disk and run again, with TMPDIR set to another folder");
      to += got;
      at += static_cast<std::uint64_t>(got);
      size -= static_cast<std::size_t>(got);
    }
  }

  std::string trouble() const {
    const std::lock_guard guard(lock_);
    return trouble_;
  }

 private:
  bool open() {
    if (descriptor_ >= 0) return true;
    std::error_code error;
    const auto folder = std::filesystem::temp_directory_path(error);
    if (error) return fail(error.message());
    std::string name = (folder / "coalis-XXXXXX").string();
    descriptor_ = ::mkostemp(name.data(), O_CLOEXEC);
    if (descriptor_ < 0) return fail(std::strerror(errno));
    ::unlink(name.c_str());
    return true;
  }
  bool write_at(std::uint64_t at, const char* bytes, std::size_t size) {
    while (size > 0) {
      const auto written = ::pwrite(descriptor_, bytes, size, static_cast<off_t>(at));
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return fail(std::strerror(errno));
      bytes += written;
      at += static_cast<std::uint64_t>(written);
      size -= static_cast<std::size_t>(written);
    }
    return true;
  }
  bool fail(const std::string& reason) {
    const char* folder = std::getenv("TMPDIR");
    trouble_ =
        "no temporary file could be written in " + std::string(folder ? folder : "/tmp") + " (" + reason +
        "), so figures of all replicates were kept in memory; nothing is lost, but very many replicates need TMPDIR set to a "
        "folder with room";
    return false;
  }
  void release(std::uint64_t at, std::size_t size) {
    const std::lock_guard guard(lock_);
    idle_[size].push_back(at);
  }

  mutable std::mutex lock_;
  int descriptor_ = -1;
  std::uint64_t end_ = 0;
  std::map<std::size_t, std::vector<std::uint64_t>> idle_;  // by size
  std::string trouble_;
};

}  // namespace

std::string temporary_file_trouble() { return TemporaryFile::shared().trouble(); }

template <class T>
ColumnStore<T>::ColumnStore(std::size_t columns, std::size_t block_bytes)
    : columns_(columns), block_rows_(std::max<std::size_t>(16, block_bytes / sizeof(T) / std::max<std::size_t>(1, columns))) {}

template <class T>
void ColumnStore<T>::add(std::span<const T> rows) {
  if (columns_ == 0 ? !rows.empty() : rows.size() % columns_ != 0)
    throw std::invalid_argument("ColumnStore::add: one value a column");
  while (!rows.empty()) {
    const std::size_t taken = std::min(rows.size(), block_rows_ * columns_ - waiting_.size());
    waiting_.insert(waiting_.end(), rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(taken));
    rows = rows.subspan(taken);
    if (waiting_.size() == block_rows_ * columns_ && !rows.empty()) put_away();
  }
}

template <class T>
void ColumnStore<T>::put_away() {
  std::vector<T> block(waiting_.size());
  for (std::size_t row = 0; row < block_rows_; ++row)
    for (std::size_t column = 0; column < columns_; ++column)
      block[column * block_rows_ + row] = waiting_[row * columns_ + column];
  auto place = TemporaryFile::shared().write(block.data(), block.size() * sizeof(T));
  blocks_.push_back({place, place ? std::vector<T>() : std::move(block)});
  waiting_.clear();
}

template <class T>
std::vector<T> ColumnStore<T>::column(std::size_t column) const {
  if (column >= columns_) throw std::out_of_range("ColumnStore::column: no such column");
  std::vector<T> values(rows());
  T* to = values.data();
  for (const Block& block : blocks_) {
    if (block.place)
      TemporaryFile::shared().read(*block.place + column * block_rows_ * sizeof(T), to, block_rows_ * sizeof(T));
    else
      std::copy_n(block.kept.data() + column * block_rows_, block_rows_, to);
    to += block_rows_;
  }
  for (std::size_t i = column; i < waiting_.size(); i += columns_) *to++ = waiting_[i];
  return values;
}

template class ColumnStore<float>;
template class ColumnStore<double>;

}  // namespace coalis
