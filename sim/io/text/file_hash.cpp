#include "coalis/io/text/file_hash.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <boost/uuid/detail/sha1.hpp>
#include <memory>
#include <stdexcept>

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

std::string sha256_of_file(const std::filesystem::path& path) {
  const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  bool right = context && EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1;
  for_each_block(path, 0, [&](std::string_view block) {
    right = right && EVP_DigestUpdate(context.get(), block.data(), block.size()) == 1;
  });
  std::array<unsigned char, 32> digest;
  if (!right || EVP_DigestFinal_ex(context.get(), digest.data(), nullptr) != 1) throw std::runtime_error("SHA-256 failed");
  std::string text;
  for (const unsigned byte : digest) text += fmt::format("{:02x}", byte);
  return text;
}

}  // namespace coalis
