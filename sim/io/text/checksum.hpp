// A checksum of 64 bits (XXH3) over bytes that come piece by piece. It finds damage, not forgery.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace coalis::io {

// Numbers as their bytes, the lowest first, on any machine.
template <class T>
std::string bytes_of(std::span<const T> numbers) {
  std::string bytes(reinterpret_cast<const char*>(numbers.data()), numbers.size_bytes());
  if constexpr (std::endian::native == std::endian::big)
    for (std::size_t i = 0; i < numbers.size(); ++i) std::reverse(&bytes[i * sizeof(T)], &bytes[i * sizeof(T)] + sizeof(T));
  return bytes;
}

class Checksum {
 public:
  Checksum();
  ~Checksum();
  Checksum(Checksum&&) noexcept;
  Checksum& operator=(Checksum&&) noexcept;

  void add(const void* bytes, std::size_t count);
  template <class T>
  void add_numbers(std::span<const T> numbers) {
    if constexpr (std::endian::native == std::endian::little)
      add(numbers.data(), numbers.size_bytes());
    else
      add(bytes_of(numbers).data(), numbers.size_bytes());
  }
  // Texts, each with a byte 0 after it.
  void add_texts(const std::vector<std::string>& texts);
  std::uint64_t value() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

std::uint64_t checksum_of(std::string_view bytes);
// 16 hexadecimal digits.
std::string hex(std::uint64_t checksum);

}  // namespace coalis::io
