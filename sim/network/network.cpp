#include "coalis/network/network.hpp"

#include <algorithm>
#include <boost/graph/incremental_components.hpp>
#include <boost/pending/disjoint_sets.hpp>
#include <limits>

#include "final_state.hpp"

namespace coalis {
namespace {

constexpr double no_value = std::numeric_limits<double>::quiet_NaN();

std::vector<std::size_t> degrees(const Network& network) {
  std::vector<std::size_t> degree(network.nodes);
  for (const Edge& edge : network.edges) {
    ++degree[static_cast<std::size_t>(edge.a)];
    ++degree[static_cast<std::size_t>(edge.b)];
  }
  return degree;
}

std::int32_t group_of(std::span<const std::int32_t> group, std::int32_t node) { return group[static_cast<std::size_t>(node)]; }

}  // namespace

Network undirected(std::size_t nodes, std::span<const Tie> ties) {
  Network network{nodes, {}};
  network.edges.reserve(ties.size());
  const auto known = [&](std::int32_t node) { return node >= 0 && static_cast<std::size_t>(node) < nodes; };
  for (const Tie& tie : ties) {
    if (tie.owner == tie.partner || !known(tie.owner) || !known(tie.partner)) continue;
    network.edges.push_back({std::min(tie.owner, tie.partner), std::max(tie.owner, tie.partner), tie.strength});
  }
  auto& edges = network.edges;
  std::sort(edges.begin(), edges.end(), [](const Edge& x, const Edge& y) {
    return x.a != y.a ? x.a < y.a : x.b != y.b ? x.b < y.b : x.strength > y.strength;
  });
  const auto same = [](const Edge& x, const Edge& y) { return x.a == y.a && x.b == y.b; };
  edges.erase(std::unique(edges.begin(), edges.end(), same), edges.end());
  return network;
}

MemberNetwork member_network(const RunRecord& record, std::size_t organisations) {
  MemberNetwork result;
  const auto status = final_integers(record, "status");
  std::vector<std::int32_t> node(organisations, -1);
  for (std::size_t i = 0; i < organisations; ++i) {
    if (!is_member(status[i])) continue;
    node[i] = static_cast<std::int32_t>(result.members.size());
    result.members.push_back(static_cast<std::int32_t>(i));
  }
  std::vector<Tie> ties;
  ties.reserve(record.ties.size());
  for (const Tie& tie : record.ties)
    ties.push_back({node[static_cast<std::size_t>(tie.owner)], node[static_cast<std::size_t>(tie.partner)], tie.strength});
  result.network = undirected(result.members.size(), ties);
  return result;
}

double density(const Network& network) {
  const auto n = static_cast<double>(network.nodes);
  return network.nodes < 2 ? no_value : 2 * static_cast<double>(network.edges.size()) / (n * (n - 1));
}

Components components(const Network& network) {
  std::vector<std::size_t> rank(network.nodes), parent(network.nodes), size(network.nodes);
  boost::disjoint_sets<std::size_t*, std::size_t*> sets(rank.data(), parent.data());
  for (std::size_t node = 0; node < network.nodes; ++node) sets.make_set(node);
  for (const Edge& edge : network.edges) sets.union_set(static_cast<std::size_t>(edge.a), static_cast<std::size_t>(edge.b));
  Components result;
  for (std::size_t node = 0; node < network.nodes; ++node) {
    std::size_t& of_its_set = size[sets.find_set(node)];
    result.count += of_its_set == 0;
    result.largest = std::max(result.largest, ++of_its_set);
  }
  return result;
}

double modularity(const Network& network, std::span<const std::int32_t> group) {
  if (network.edges.empty()) return no_value;
  const auto edges = static_cast<double>(network.edges.size());
  std::vector<std::size_t> ends(static_cast<std::size_t>(*std::max_element(group.begin(), group.end())) + 1);
  std::size_t inside = 0;
  for (const Edge& edge : network.edges) {
    const std::int32_t a = group_of(group, edge.a), b = group_of(group, edge.b);
    inside += a == b;
    ++ends[static_cast<std::size_t>(a)];
    ++ends[static_cast<std::size_t>(b)];
  }
  double expected = 0;
  for (const std::size_t count : ends) {
    const double share = static_cast<double>(count) / (2 * edges);
    expected += share * share;
  }
  return static_cast<double>(inside) / edges - expected;
}

double degree_centralisation(const Network& network) {
  if (network.nodes < 3) return no_value;
  const auto degree = degrees(network);
  const std::size_t largest = *std::max_element(degree.begin(), degree.end());
  std::size_t sum = 0;
  for (const std::size_t d : degree) sum += largest - d;
  const auto n = static_cast<double>(network.nodes);
  return static_cast<double>(sum) / ((n - 1) * (n - 2));
}

double share_across(const Network& network, std::span<const std::int32_t> group) {
  if (network.edges.empty()) return no_value;
  const auto across = std::count_if(network.edges.begin(), network.edges.end(),
                                    [&](const Edge& edge) { return group_of(group, edge.a) != group_of(group, edge.b); });
  return static_cast<double>(across) / static_cast<double>(network.edges.size());
}

}  // namespace coalis
