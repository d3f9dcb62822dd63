// Keys by Boost.UUID's name generator, so that any other program can make the same.
#include "coalis/questions/run_key.hpp"

#include <algorithm>
#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/uuid_io.hpp>
#include <cstring>

namespace coalis {
namespace {

using boost::uuids::name_generator_sha1;
using boost::uuids::uuid;

uuid to_uuid(const RunKey& key) {
  uuid result;
  std::copy(key.bytes.begin(), key.bytes.end(), result.begin());
  return result;
}

RunKey named(const uuid& space, const std::string& name) {
  const uuid made = name_generator_sha1(space)(name);
  RunKey key;
  std::copy(made.begin(), made.end(), key.bytes.begin());
  return key;
}

// The name space of all keys.
uuid coalis_space() { return name_generator_sha1(boost::uuids::ns::url())("coalis:run"); }

}  // namespace

RunKey point_key(std::string_view model_version, std::string_view scenario_text, std::uint64_t seed) {
  return combined_key(std::string(model_version) + "\n" + std::to_string(seed) + "\n" + std::string(scenario_text));
}

RunKey run_key(const RunKey& point, std::uint32_t replicate) { return named(to_uuid(point), std::to_string(replicate)); }

RunKey combined_key(std::string_view text) { return named(coalis_space(), std::string(text)); }

std::string to_string(const RunKey& key) { return boost::uuids::to_string(to_uuid(key)); }

std::size_t RunKeyHash::operator()(const RunKey& key) const noexcept {
  std::size_t word = 0;
  std::memcpy(&word, key.bytes.data(), sizeof(word));
  return word;
}

// Of replicates after each other no two have the same.
std::size_t RunKeyHash::operator()(const RunName& run) const noexcept {
  return (*this)(run.point) + static_cast<std::size_t>(run.replicate) * 0x9E3779B97F4A7C15;
}

}  // namespace coalis
