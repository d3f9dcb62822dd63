// Reads what pack_scenario wrote, by C's streams: a browser's library has no others.
#pragma once

#include <cstdio>
#include <optional>
#include <string>

#include "coalis/model/packed.hpp"

// Nothing, with what is wrong on standard error, if there is no such scenario.
inline std::optional<coalis::Scenario> packed_file(const char* path) {
  std::string bytes;
  if (std::FILE* file = std::fopen(path, "rb")) {
    char piece[4096];
    while (const std::size_t count = std::fread(piece, 1, sizeof piece, file)) bytes.append(piece, count);
    std::fclose(file);
  }
  auto scenario = coalis::unpacked(bytes);
  if (!scenario) std::fprintf(stderr, "%s is no scenario of pack_scenario and this model version\n", path);
  return scenario;
}
