// Numbers and lists one behind the other in a text of bytes, as they stand in memory.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "coalis/io/text/file_error.hpp"
#include "coalis/questions/run_key.hpp"

namespace coalis::io {

static_assert(std::endian::native == std::endian::little, "shards are written as they stand in memory");

class ByteText {
 public:
  template <class T>
  void number(T value) {
    static_assert(std::is_arithmetic_v<T>);
    text_.append(reinterpret_cast<const char*>(&value), sizeof(T));
  }
  void key(const RunKey& key) { text_.append(reinterpret_cast<const char*>(key.bytes.data()), key.bytes.size()); }
  void text(std::string_view bytes) {
    number(static_cast<std::uint32_t>(bytes.size()));
    text_.append(bytes);
  }
  template <class T>
  void values(const T& list) {
    text_.append(reinterpret_cast<const char*>(list.data()), list.size() * sizeof(list[0]));
  }
  void raw(std::string_view bytes) { text_.append(bytes); }
  std::size_t size() const { return text_.size(); }
  const std::string& bytes() const { return text_; }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

// Throws FileError where the bytes end before what is asked for.
class ByteCursor {
 public:
  explicit ByteCursor(std::string_view bytes, std::size_t at = 0) : bytes_(bytes), at_(at) {}
  template <class T>
  T number() {
    T value;
    std::memcpy(&value, take(sizeof(T)).data(), sizeof(T));
    return value;
  }
  RunKey key() {
    RunKey key;
    std::memcpy(key.bytes.data(), take(key.bytes.size()).data(), key.bytes.size());
    return key;
  }
  // With their number before them.
  template <class T>
  void list(T& to) {
    values(to, number<std::uint32_t>());
  }
  template <class T>
  void values(T& to, std::size_t count) {
    const auto bytes = take(count * sizeof(to[0]));
    to.resize(count);
    if (count > 0) std::memcpy(to.data(), bytes.data(), bytes.size());
  }
  std::string_view take(std::size_t count) {
    if (count > bytes_.size() - at_) throw FileError("its lengths do not fit together");
    at_ += count;
    return bytes_.substr(at_ - count, count);
  }
  // A number of things that take so many bytes each at least.
  std::uint32_t count_of(std::size_t bytes_each) {
    const auto count = number<std::uint32_t>();
    if (count > (bytes_.size() - at_) / bytes_each) throw FileError("its lengths do not fit together");
    return count;
  }
  std::size_t at() const { return at_; }
  bool at_end() const { return at_ == bytes_.size(); }

 private:
  std::string_view bytes_;
  std::size_t at_;
};

}  // namespace coalis::io
