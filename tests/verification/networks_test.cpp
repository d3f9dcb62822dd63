// Measures of networks against closed forms, and components against Boost.Graph's search on random graphs (fixed seeds; exact).
#include <gtest/gtest.h>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/connected_components.hpp>
#include <cmath>
#include <random>

#include "coalis/network/network.hpp"

namespace coalis {
namespace {

Network of(std::size_t nodes, const std::vector<Tie>& ties) { return undirected(nodes, ties); }

Network ring(int n) {
  std::vector<Tie> ties;
  for (int i = 0; i < n; ++i) ties.push_back({i, (i + 1) % n, .5f});
  return of(static_cast<std::size_t>(n), ties);
}
Network star(int n) {
  std::vector<Tie> ties;
  for (int i = 1; i < n; ++i) ties.push_back({i, 0, .5f});
  return of(static_cast<std::size_t>(n), ties);
}
// Cliques of n nodes each, not tied to each other.
Network cliques(int count, int n) {
  std::vector<Tie> ties;
  for (int c = 0; c < count; ++c)
    for (int i = 0; i < n; ++i)
      for (int j = 0; j < n; ++j)
        if (i != j) ties.push_back({c * n + i, c * n + j, .5f});
  return of(static_cast<std::size_t>(count * n), ties);
}
std::vector<std::int32_t> blocks(int count, int n) {
  std::vector<std::int32_t> group;
  for (int i = 0; i < count * n; ++i) group.push_back(i / n);
  return group;
}
void expect_components(const Network& network, std::size_t count, std::size_t largest) {
  EXPECT_EQ(components(network).count, count);
  EXPECT_EQ(components(network).largest, largest);
}

TEST(Networks, Ring) {
  for (int n = 3; n < 20; ++n) {
    const Network network = ring(n);
    EXPECT_EQ(network.edges.size(), static_cast<std::size_t>(n));
    EXPECT_DOUBLE_EQ(density(network), 2.0 / (n - 1));
    EXPECT_EQ(degree_centralisation(network), 0);
    expect_components(network, 1, static_cast<std::size_t>(n));
  }
  // Two arcs of m nodes: two edges of 2m join them, each arc has half of the ends.
  for (int m = 2; m < 9; ++m) {
    EXPECT_DOUBLE_EQ(modularity(ring(2 * m), blocks(2, m)), 1 - 1.0 / m - .5);
    EXPECT_DOUBLE_EQ(share_across(ring(2 * m), blocks(2, m)), 1.0 / m);
  }
}

TEST(Networks, Star) {
  for (int n = 3; n < 20; ++n) {
    EXPECT_DOUBLE_EQ(density(star(n)), 2.0 / n);
    EXPECT_DOUBLE_EQ(degree_centralisation(star(n)), 1);
    expect_components(star(n), 1, static_cast<std::size_t>(n));
    // The centre alone against the rest: every edge crosses, half of the ends are the centre's.
    std::vector<std::int32_t> centre(static_cast<std::size_t>(n), 1);
    centre[0] = 0;
    EXPECT_DOUBLE_EQ(modularity(star(n), centre), -.5);
    EXPECT_EQ(share_across(star(n), centre), 1);
  }
}

TEST(Networks, CompleteGraph) {
  for (int n = 3; n < 12; ++n) {
    const Network network = cliques(1, n);
    EXPECT_EQ(network.edges.size(), static_cast<std::size_t>(n * (n - 1) / 2));
    EXPECT_DOUBLE_EQ(density(network), 1);
    EXPECT_EQ(degree_centralisation(network), 0);
    expect_components(network, 1, static_cast<std::size_t>(n));
    EXPECT_EQ(modularity(network, std::vector<std::int32_t>(static_cast<std::size_t>(n), 0)), 0);
  }
}

// k cliques of n: 1 - 1/k, the largest that k groups can have.
TEST(Networks, CliquesApart) {
  for (int k = 2; k < 6; ++k)
    for (int n = 3; n < 7; ++n) {
      const Network network = cliques(k, n);
      EXPECT_DOUBLE_EQ(modularity(network, blocks(k, n)), 1 - 1.0 / k);
      EXPECT_EQ(share_across(network, blocks(k, n)), 0);
      EXPECT_DOUBLE_EQ(density(network), (n - 1.0) / (k * n - 1.0));
      EXPECT_EQ(degree_centralisation(network), 0);
      expect_components(network, static_cast<std::size_t>(k), static_cast<std::size_t>(n));
    }
}

TEST(Networks, WithoutTies) {
  const std::vector<std::int32_t> groups(5, 0);
  const Network empty = of(5, {});
  EXPECT_EQ(density(empty), 0);
  EXPECT_EQ(degree_centralisation(empty), 0);
  EXPECT_TRUE(std::isnan(modularity(empty, groups)));
  EXPECT_TRUE(std::isnan(share_across(empty, groups)));
  expect_components(empty, 5, 1);
  expect_components(of(0, {}), 0, 0);
  EXPECT_TRUE(std::isnan(density(of(1, {}))));
  EXPECT_TRUE(std::isnan(degree_centralisation(of(2, {{0, 1, 1}}))));
}

// Both directions are one edge with the stronger strength; loops and unknown nodes are none.
TEST(Networks, TiesBecomeEdges) {
  const Network network = of(4, {{2, 1, .25f}, {1, 2, .75f}, {3, 3, 1}, {-1, 2, 1}, {0, 7, 1}, {3, 0, .5f}});
  ASSERT_EQ(network.edges.size(), 2u);
  EXPECT_EQ(network.edges[0].a, 0);
  EXPECT_EQ(network.edges[0].b, 3);
  EXPECT_EQ(network.edges[1].a, 1);
  EXPECT_EQ(network.edges[1].b, 2);
  EXPECT_EQ(network.edges[1].strength, .75f);
}

// 200 random graphs about the threshold of connectedness, against a search and against sums over all pairs of nodes.
TEST(Networks, RandomGraphsAgreeWithDefinitions) {
  std::mt19937 engine(3);
  for (int round = 0; round < 200; ++round) {
    const int n = 3 + round % 40;
    std::vector<Tie> ties;
    boost::adjacency_list<boost::setS, boost::vecS, boost::undirectedS> graph(static_cast<std::size_t>(n));
    std::uniform_int_distribution<int> node(0, n - 1);
    for (int k = 0; k < n * (1 + round % 3) / 2; ++k) {
      ties.push_back({node(engine), node(engine), .5f});
      if (ties.back().owner != ties.back().partner)
        boost::add_edge(static_cast<std::size_t>(ties.back().owner), static_cast<std::size_t>(ties.back().partner), graph);
    }
    const Network network = of(static_cast<std::size_t>(n), ties);
    ASSERT_EQ(network.edges.size(), boost::num_edges(graph));
    std::vector<int> component(static_cast<std::size_t>(n));
    EXPECT_EQ(components(network).count, static_cast<std::size_t>(boost::connected_components(graph, component.data())));
    if (network.edges.empty()) continue;
    std::vector<std::int32_t> group;
    for (int i = 0; i < n; ++i) group.push_back(node(engine) % 3);
    double q = 0;  // Newman and Girvan, over all ordered pairs
    const double twice = 2 * static_cast<double>(network.edges.size());
    for (std::size_t i = 0; i < static_cast<std::size_t>(n); ++i)
      for (std::size_t j = 0; j < static_cast<std::size_t>(n); ++j)
        if (group[i] == group[j])
          q +=
              (boost::edge(i, j, graph).second - static_cast<double>(boost::degree(i, graph) * boost::degree(j, graph)) / twice) /
              twice;
    EXPECT_NEAR(modularity(network, group), q, 1e-12);
  }
}

}  // namespace
}  // namespace coalis
