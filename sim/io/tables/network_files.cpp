// See network_files.hpp.
#include "coalis/io/tables/network_files.hpp"

#include <fmt/format.h>

#include <array>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "coalis/core/build_info.hpp"
#include "coalis/engine/simulate.hpp"
#include "coalis/io/hdf5/result_file.hpp"
#include "coalis/model/roster.hpp"
#include "coalis/network/network.hpp"
#include "io/text/csv_table.hpp"

namespace coalis {
namespace {

// A property of a node: its name, GraphML type and value as text.
struct Property {
  std::string name;
  const char* type;
  std::function<std::string(std::size_t)> value;
};

constexpr std::array status_names{"nonmember", "enrolled", "dormant", "withdrawn"};

class Nodes {
 public:
  Nodes(const Scenario& scenario, const RunRecord& record)
      : scenario_(scenario), record_(record), n_(static_cast<std::size_t>(scenario.organisations.count())) {
    const auto text = [&](std::string name, std::function<std::string(std::size_t)> value) {
      properties_.push_back({std::move(name), "string", std::move(value)});
    };
    if (!scenario.organisations.roster.empty())
      text("name", [this](std::size_t i) { return organisation_name(scenario_, static_cast<int>(i)); });
    text("region", [this](std::size_t i) { return scenario_.regions[at("region", i)].name; });
    text("sector", [this](std::size_t i) { return std::string(sector_names[at("sector", i)]); });
    text("role", [this](std::size_t i) { return scenario_.roles[at("role", i)].name; });
    text("status", [this](std::size_t i) { return std::string(status_names[at("status", i)]); });
    properties_.push_back(
        {"member", "boolean", [this](std::size_t i) { return at("status", i) == 1 || at("status", i) == 2 ? "true" : "false"; }});
    properties_.push_back(
        {"serves_victims", "boolean", [this](std::size_t i) { return at("serves_victims", i) ? "true" : "false"; }});
    for (std::size_t q = 0; q < final_float_quantities().size(); ++q)
      properties_.push_back({final_float_quantities()[q].name, "double",
                             [this, q](std::size_t i) { return fmt::format("{}", record_.final_float[q * n_ + i]); }});
    for (std::size_t kind = 0; kind < scenario.kinds.size(); ++kind)
      properties_.push_back({"attended_" + scenario.kinds[kind].name, "int",
                             [this, kind](std::size_t i) { return std::to_string(record_.attended[kind * n_ + i]); }});
  }
  std::size_t count() const { return n_; }
  const std::vector<Property>& properties() const { return properties_; }

 private:
  std::size_t at(std::string_view name, std::size_t i) const {
    std::size_t q = 0;
    while (final_integer_quantities()[q].name != name) ++q;
    return static_cast<std::size_t>(record_.final_integer[q * n_ + i]);
  }
  const Scenario& scenario_;
  const RunRecord& record_;
  std::size_t n_;
  std::vector<Property> properties_;
};

// Edges between members, by organisation number.
std::vector<Edge> edges_of(const Scenario& scenario, const RunRecord& record) {
  auto [members, network] = member_network(record, static_cast<std::size_t>(scenario.organisations.count()));
  for (Edge& edge : network.edges) {
    edge.a = members[static_cast<std::size_t>(edge.a)];
    edge.b = members[static_cast<std::size_t>(edge.b)];
  }
  return network.edges;
}

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&': result += "&amp;"; break;
      case '<': result += "&lt;"; break;
      case '>': result += "&gt;"; break;
      case '"': result += "&quot;"; break;
      default: result += c;
    }
  }
  return result;
}

std::string key_line(const std::string& id, const char* what, const std::string& name, const char* type) {
  return fmt::format("  <key id=\"{}\" for=\"{}\" attr.name=\"{}\" attr.type=\"{}\"/>\n", id, what, escaped(name), type);
}

// What the file is: data of the graph.
std::vector<std::array<std::string, 2>> identity(const Scenario& scenario, const NetworkSource& source) {
  return {{"format", "coalis-network"},
          {"format_version", "1"},
          {"program_version", std::string(build_info().version)},
          {"commit", std::string(build_info().commit)},
          {"model_version", std::string(model_version)},
          {"scenario", scenario.name},
          {"start", scenario.calendar.start},
          {"seed", std::to_string(source.seed)},
          {"replicate", std::to_string(source.replicate)},
          {"month", std::to_string(source.month)}};
}

}  // namespace

std::size_t write_graphml(const std::filesystem::path& path, bool overwrite, const Scenario& scenario, const RunRecord& record,
                          const NetworkSource& source) {
  const Nodes nodes(scenario, record);
  const auto edges = edges_of(scenario, record);
  const auto about = identity(scenario, source);
  io::TextFile file(path, overwrite);
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n";
  for (std::size_t k = 0; k < about.size(); ++k) text += key_line(fmt::format("g{}", k), "graph", about[k][0], "string");
  for (std::size_t k = 0; k < nodes.properties().size(); ++k)
    text += key_line(fmt::format("n{}", k), "node", nodes.properties()[k].name, nodes.properties()[k].type);
  text += key_line("weight", "edge", "weight", "double") + "  <graph id=\"ties\" edgedefault=\"undirected\">\n";
  for (std::size_t k = 0; k < about.size(); ++k)
    text += fmt::format("    <data key=\"g{}\">{}</data>\n", k, escaped(about[k][1]));
  for (std::size_t i = 0; i < nodes.count(); ++i) {
    text += fmt::format("    <node id=\"{}\">\n", i);
    for (std::size_t k = 0; k < nodes.properties().size(); ++k)
      text += fmt::format("      <data key=\"n{}\">{}</data>\n", k, escaped(nodes.properties()[k].value(i)));
    text += "    </node>\n";
    if (text.size() > (1u << 20)) file.write(std::exchange(text, {}));
  }
  for (const Edge& edge : edges)
    text += fmt::format("    <edge source=\"{}\" target=\"{}\"><data key=\"weight\">{}</data></edge>\n", edge.a, edge.b,
                        edge.strength);
  file.write(text + "  </graph>\n</graphml>\n");
  file.finish();
  return edges.size();
}

std::filesystem::path node_list_path(const std::filesystem::path& edges) {
  return edges.parent_path() / (edges.stem().string() + "-nodes" + edges.extension().string());
}

std::size_t write_edge_list(const std::filesystem::path& path, bool overwrite, const Scenario& scenario,
                            const RunRecord& record) {
  const Nodes nodes(scenario, record);
  std::vector<io::Column> columns{{"organisation", "", ""}};
  for (const Property& property : nodes.properties()) columns.push_back({property.name, "", ""});
  std::vector<io::Column> of_edges{{"source", "", ""}, {"target", "", ""}, {"weight", "", ""}};
  const bool named = !scenario.organisations.roster.empty();
  if (named) of_edges.insert(of_edges.end(), {{"source_name", "", ""}, {"target_name", "", ""}});
  io::CsvTable list(path, overwrite, of_edges);
  io::CsvTable attributes(node_list_path(path), overwrite, columns);
  for (const Edge& edge : edges_of(scenario, record)) {
    list.add_number(edge.a);
    list.add_number(edge.b);
    list.add_number(edge.strength);
    if (named) list.add(organisation_name(scenario, edge.a)), list.add(organisation_name(scenario, edge.b));
    list.end_row();
  }
  for (std::size_t i = 0; i < nodes.count(); ++i) {
    attributes.add_number(i);
    for (const Property& property : nodes.properties()) attributes.add(property.value(i));
    attributes.end_row();
  }
  attributes.finish();
  return list.finish();
}

}  // namespace coalis
