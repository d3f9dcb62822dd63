// What this machine has free: memory by the kernel's files and the limits of the process, and disk. No part of a page in a
// browser.
#include <sys/resource.h>

#include <cmath>
#include <fstream>
#include <limits>
#include <string>

#include "coalis/ensemble/resources.hpp"
#include "coalis/statistics/column_store.hpp"

namespace coalis {
namespace {

namespace fs = std::filesystem;

constexpr double unlimited = std::numeric_limits<double>::infinity();

// The value of "Key:  123 kB" in bytes; `missing` without such a line.
double kilobytes_of(const fs::path& path, const std::string& key, double missing) {
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with(key + ":")) return std::strtod(line.c_str() + key.size() + 1, nullptr) * 1024;
  }
  return missing;
}

// The number in a file of one; `missing` if there is none ("max").
double number_in(const fs::path& path, double missing) {
  std::ifstream file(path);
  double number = 0;
  return file >> number ? number : missing;
}

// Memory of files that the kernel takes back when it needs to.
double reclaimable(const fs::path& group, const std::string& key) {
  std::ifstream file(group / "memory.stat");
  double value = 0;
  for (std::string name; file >> name >> value;) {
    if (name == key) return value;
  }
  return 0;
}

double left_in(const fs::path& group, const char* limit, const char* usage, const char* files) {
  const double most = number_in(group / limit, unlimited);
  if (most == unlimited || most > 1e18) return unlimited;  // version 1 writes a huge number for none
  return std::max(0.0, most - number_in(group / usage, 0) + reclaimable(group, files));
}

// What the control group and those above it leave; in a container its own is the root of the mount.
double control_group_memory(const fs::path& root) {
  std::ifstream file(root / "proc/self/cgroup");
  double left = unlimited;
  for (std::string line; std::getline(file, line);) {
    const auto first = line.find(':'), second = line.find(':', first + 1);
    if (second == std::string::npos) continue;
    const std::string controllers = line.substr(first + 1, second - first - 1);
    const bool unified = controllers.empty();
    if (!unified && controllers.find("memory") == std::string::npos) continue;
    const fs::path mount = root / (unified ? "sys/fs/cgroup" : "sys/fs/cgroup/memory");
    fs::path below = fs::path(line.substr(second + 1)).relative_path();
    while (true) {
      left = std::min(left,
                      unified ? left_in(mount / below, "memory.max", "memory.current", "inactive_file")
                              : left_in(mount / below, "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"));
      if (below.empty()) break;
      below = below.parent_path();
    }
  }
  return left;
}

void lower(FreeMemory& memory, double bytes, const char* limit) {
  if (bytes >= memory.bytes) return;
  memory.bytes = std::max(0.0, bytes);
  memory.limit = limit;
}

double soft_limit(int resource) {
  rlimit limit{};
  if (::getrlimit(static_cast<__rlimit_resource_t>(resource), &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return unlimited;
  return static_cast<double>(limit.rlim_cur);
}

}  // namespace

FreeMemory free_memory_below(const fs::path& root) {
  FreeMemory memory{kilobytes_of(root / "proc/meminfo", "MemAvailable", unlimited), "the machine", false};
  const double swap = kilobytes_of(root / "proc/meminfo", "SwapFree", 0);
  memory.bytes += swap;
  lower(memory, control_group_memory(root), "its control group");
  return memory;
}

FreeMemory free_memory() {
  FreeMemory memory = free_memory_below("/");
  const fs::path status = "/proc/self/status";
  lower(memory, soft_limit(RLIMIT_DATA) - kilobytes_of(status, "VmData", 0), "ulimit -d");
  const double before = memory.bytes;
  lower(memory, soft_limit(RLIMIT_AS) - kilobytes_of(status, "VmSize", 0), "ulimit -v");
  memory.address_space = memory.bytes < before;
  return memory;
}

double free_disk(fs::path path) {
  std::error_code error;
  path = fs::absolute(path, error);
  while (!error && !fs::exists(path, error) && path.has_relative_path()) path = path.parent_path();
  const auto space = fs::space(path, error);
  return error ? unlimited : static_cast<double>(space.available);
}

Room room_for(const Needs& needs) {
  std::error_code error;
  const bool scratch = fs::is_directory(temporary_folder(), error);
  return {free_memory(), needs.folder.empty() ? 0 : free_disk(needs.folder), scratch ? free_disk(temporary_folder()) : 0};
}

}  // namespace coalis
