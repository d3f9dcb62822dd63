// The policy explorer as one file: scripts and the engine's module are in it (sim/page), the coalitions come from plain data.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/questions/best/answer.hpp"

namespace coalis::report {

struct ExplorerPage {
  struct Coalition {
    std::string file;                   // without folders
    std::string packed;                 // model/packed.hpp
    std::vector<std::uint64_t> hashes;  // of its first replicates, seed 1, that the page can prove itself by
  };
  // Options that B can be set to, of the coalition of that number: what money buys, or the options of a study.
  struct Choice {
    std::string number, name, words;
    std::optional<std::vector<std::string>> levers;  // "staff=0.5": what is not as it is; nothing if levers cannot express it
  };
  struct Choices {
    std::size_t coalition = 0;
    std::string title;
    std::vector<std::string> sentences;
    std::string svg;         // "" without a picture
    std::string same_money;  // what B scales to the cost of A, "" nothing
    std::vector<Choice> list;
  };
  std::string title;
  std::string program;  // its version
  std::vector<Coalition> coalitions;
  std::string sets;  // questions/packed_sets.hpp; "" without
  std::vector<Choices> choices;
};

std::string html(const ExplorerPage& page);

// The options that an answer of `coalis best` shows, with its picture and sentences; without what they set.
ExplorerPage::Choices choices_of(const BestAnswer& answer);

// The page without a coalition: {{title}} and {{data}} are to be filled in. Made from sim/page/explorer.html.
std::string explorer_template();

// RFC 4648.
std::string base64(std::string_view bytes);

}  // namespace coalis::report
