#include "coalis/io/text/file_hash.hpp"

#include <fmt/format.h>

#include <boost/uuid/detail/sha1.hpp>

#include "coalis/io/text/whole_file.hpp"

namespace coalis {

std::string sha1_of_file(const std::filesystem::path& path) {
  boost::uuids::detail::sha1 hash;
  for_each_block(path, 0, [&](std::string_view block) { hash.process_bytes(block.data(), block.size()); });
  boost::uuids::detail::sha1::digest_type digest;
  hash.get_digest(digest);
  std::string text;
  for (const unsigned int word : digest) text += fmt::format("{:08x}", word);
  return text;
}

}  // namespace coalis
