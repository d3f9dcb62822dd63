// The tie network of one run for network programs (docs/formats/network.md): GraphML, or an edge list and a node list in CSV.
#pragma once

#include <cstdint>
#include <filesystem>

#include "coalis/model/record.hpp"
#include "coalis/model/scenario.hpp"

namespace coalis {

// The run that a record is of, as it is written into the file.
struct NetworkSource {
  std::uint64_t seed = 0;
  std::uint32_t replicate = 0;
  int month = 0;  // at whose end the network is
};

// The record must hold final state and ties. All organisations are nodes; an edge joins two members if either owns a tie to the
// other, its weight is the stronger of the two. Throws ResultError: the file exists and `overwrite` is false, or cannot be
// written. Return the number of edges.
std::size_t write_graphml(const std::filesystem::path& path, bool overwrite, const Scenario& scenario, const RunRecord& record,
                          const NetworkSource& source);
// Two files: `path`, and beside it the nodes (node_list_path).
std::size_t write_edge_list(const std::filesystem::path& path, bool overwrite, const Scenario& scenario, const RunRecord& record);
std::filesystem::path node_list_path(const std::filesystem::path& edges);  // edges.csv -> edges-nodes.csv

}  // namespace coalis
