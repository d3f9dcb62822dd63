// The network of ties as an undirected graph, and the standard measures of its structure (docs/decisions/0008-networks.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "coalis/model/record.hpp"

namespace coalis {

struct Edge {
  std::int32_t a, b;  // nodes, a < b
  float strength;     // the stronger of the ties between the two
};

// A simple undirected graph: no loops, no edge twice, edges ordered by a, then b.
struct Network {
  std::size_t nodes = 0;
  std::vector<Edge> edges;
};

// Two nodes are joined if either owns a tie to the other. Ties of or to nodes beyond `nodes` and to oneself are left out.
Network undirected(std::size_t nodes, std::span<const Tie> ties);

// Members (enrolled or dormant) at the end of a run and the ties between them: node k is the organisation members[k].
struct MemberNetwork {
  std::vector<std::int32_t> members;
  Network network;
};
// organisations: of the scenario. The record must hold final state and ties.
MemberNetwork member_network(const RunRecord& record, std::size_t organisations);

// Every measure is NaN where it is not defined (no nodes, no edges, or too few of them).

// Edges / possible edges. From 2 nodes on.
double density(const Network& network);

// Connected components, isolated nodes included; 0 without nodes.
struct Components {
  std::size_t count = 0, largest = 0;  // nodes in the largest
};
Components components(const Network& network);

// Modularity of a partition (Newman and Girvan 2004, doi:10.1103/PhysRevE.69.026113), unweighted: sum over groups of
// (share of edges inside) - (share of edge ends in the group)^2. group: of every node, 0 or more.
double modularity(const Network& network, std::span<const std::int32_t> group);

// Degree centralisation (Freeman 1979, doi:10.1016/0378-8733(78)90021-7): sum of (largest degree - degree) / ((n-1)(n-2)); 1 for
// a star, 0 if all degrees are equal. From 3 nodes on.
double degree_centralisation(const Network& network);

// Share of edges between nodes of different groups.
double share_across(const Network& network, std::span<const std::int32_t> group);

}  // namespace coalis
