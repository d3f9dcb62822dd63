// The policy explorer as one file: scripts and the engine's module are in it (sim/page), the coalitions come from plain data.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace coalis::report {

struct ExplorerPage {
  struct Coalition {
    std::string file;                   // without folders
    std::string packed;                 // model/packed.hpp
    std::vector<std::uint64_t> hashes;  // of its first replicates, seed 1, that the page can prove itself by
  };
  std::string title;
  std::string program;  // its version
  std::vector<Coalition> coalitions;
  std::string sets;  // questions/packed_sets.hpp; "" without
};

std::string html(const ExplorerPage& page);

// The page without a coalition: {{title}} and {{data}} are to be filled in. Made from sim/page/explorer.html.
std::string explorer_template();

// RFC 4648.
std::string base64(std::string_view bytes);

}  // namespace coalis::report
