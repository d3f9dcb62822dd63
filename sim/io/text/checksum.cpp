// See checksum.hpp. The only file with xxHash.
#include "checksum.hpp"

#include <fmt/format.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace coalis::io {

struct Checksum::State {
  XXH3_state_t state;
};

Checksum::Checksum() : state_(std::make_unique<State>()) { XXH3_64bits_reset(&state_->state); }
Checksum::~Checksum() = default;
Checksum::Checksum(Checksum&&) noexcept = default;
Checksum& Checksum::operator=(Checksum&&) noexcept = default;

void Checksum::add(const void* bytes, std::size_t count) {
  if (count > 0) XXH3_64bits_update(&state_->state, bytes, count);
}

void Checksum::add_texts(const std::vector<std::string>& texts) {
  for (const std::string& text : texts) add(text.c_str(), text.size() + 1);
}

std::uint64_t Checksum::value() const { return XXH3_64bits_digest(&state_->state); }

std::uint64_t checksum_of(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

std::string hex(std::uint64_t checksum) { return fmt::format("{:016x}", checksum); }

}  // namespace coalis::io
