#include "coalis/io/file_hash.hpp"

#include <fmt/format.h>

#include <array>
#include <boost/uuid/detail/sha1.hpp>
#include <fstream>

#include "coalis/io/result_file.hpp"

namespace coalis {

std::string sha1_of_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw ResultError(path.string() + ": cannot be read; check its permissions");
  boost::uuids::detail::sha1 hash;
  std::array<char, 1 << 16> block{};
  while (file.read(block.data(), block.size()) || file.gcount() > 0)
    hash.process_bytes(block.data(), static_cast<std::size_t>(file.gcount()));
  boost::uuids::detail::sha1::digest_type digest;
  hash.get_digest(digest);
  std::string text;
  for (const unsigned int word : digest) text += fmt::format("{:08x}", word);
  return text;
}

}  // namespace coalis
