// See provenance.hpp.
#include "coalis/core/provenance.hpp"

#include <unistd.h>

#include <array>
#include <ctime>

#include "coalis/core/build_info.hpp"
#include "coalis/core/characters.hpp"

namespace coalis {

Provenance provenance(const std::string& command, int threads) {
  std::array<char, 256> host{};
  if (::gethostname(host.data(), host.size() - 1) != 0) host[0] = '\0';
  std::array<char, 32> date{};
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  ::gmtime_r(&now, &utc);
  std::strftime(date.data(), date.size(), "%Y-%m-%dT%H:%M:%SZ", &utc);
  return {visible(command, Lines::one), visible(host.data(), Lines::one), date.data(), build_info().compiler, threads};
}

}  // namespace coalis
