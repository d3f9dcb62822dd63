// The commands as they describe themselves to --help, for what else is made of that: man pages, completion of shells.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace coalis::cli {

struct DescribedOption {
  std::vector<std::string> names;  // "-o", "--output"; of an argument without a name its place: "STUDY"
  std::string value;               // what it takes: "TEXT", "N in [0, 1024]"; "" of a switch
  std::string meaning, standard;   // standard: its default, "" without
  std::vector<std::string> choices;
  bool required = false, named = true;
};

struct DescribedCommand {
  std::string name;  // "coalis study run"
  std::string meaning, footer;
  std::vector<DescribedOption> options;
  std::vector<DescribedCommand> commands;

  std::string word() const { return name.substr(name.rfind(' ') + 1); }
};

// What help does not show is left out.
DescribedCommand described(const CLI::App& program);

// It and all that are below it, those of one after each other.
std::vector<const DescribedCommand*> with_all_below(const DescribedCommand& command);

}  // namespace coalis::cli
