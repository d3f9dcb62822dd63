// Docking: the seven scenarios that the specification's independent implementation ran (model.md section 6), 2,000 replicates
// each against its 20,000. The seed is fixed.
//   mean:  within 4 standard errors of the difference. Error rate 230 figures x 6.3e-5 = 1.5 % for the whole table.
//   standard deviation: its logarithm within 5 standard errors, which follow from the sample's kurtosis (the chi-square bound,
//   were
//     the figures normal). Error rate 200 x 5.7e-7 = 0.01 %.
// Figures that the reference found constant (standard deviation 0) must be equal, as far as five decimals tell.
// COALIS_DOCKING_TABLE=file appends the table of z-scores as CSV.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

#include "coalis/ensemble/ensemble.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "support/support.hpp"

namespace coalis {
namespace {

constexpr std::size_t replicates = 2000;
constexpr std::uint64_t seed = 20050601;
constexpr double last_decimal = 1e-5;  // of figures.csv

struct Figure {
  std::string name;
  double mean, standard_error, standard_deviation;
};

std::vector<Figure> figures_of(const std::string& scenario) {
  std::ifstream file(test::source_dir() / "tests/docking/data/figures.csv");
  std::vector<Figure> figures;
  for (std::string line; std::getline(file, line);) {
    std::istringstream cells(line);
    std::string of, mean, error, deviation;
    Figure figure;
    std::getline(cells, of, ',') && std::getline(cells, figure.name, ',') && std::getline(cells, mean, ',') &&
        std::getline(cells, error, ',') && std::getline(cells, deviation);
    if (of != scenario) continue;
    figure.mean = std::stod(mean);
    figure.standard_error = std::stod(error);
    figure.standard_deviation = std::stod(deviation);
    figures.push_back(figure);
  }
  return figures;
}

// The values of one figure over replicates; missing ones are left out.
struct Sample {
  std::vector<double> values;

  double mean() const { return moment(1, 0); }
  double moment(int power, double about) const {
    double sum = 0;
    for (const double value : values) sum += std::pow(value - about, power);
    return sum / static_cast<double>(values.size());
  }
};

struct Samples {
  std::vector<std::string> names;
  std::vector<Sample> of;

  const Sample* named(const std::string& name) const {
    for (std::size_t i = 0; i < names.size(); ++i)
      if (names[i] == name) return &of[i];
    return nullptr;
  }
};

Samples sample(const Scenario& scenario) {
  Samples samples;
  for (const Quantity& q : outcome_quantities()) samples.names.push_back(q.name);
  for (const Quantity& q : survey_quantities()) samples.names.push_back("survey." + q.name);
  samples.of.resize(samples.names.size());
  const Recording recording{.trajectories = false, .organisations = false, .ties = false, .survey = true};
  Execution execution;
  execution.threads = 2;
  run_ensemble(scenario, seed, replicate_range(0, replicates), recording, execution, [&](const RunRecord& record) {
    std::size_t next = 0;
    for (const auto* values : {&record.outcomes, &record.survey})
      for (const double value : *values) {
        if (value == value) samples.of[next].values.push_back(value);
        ++next;
      }
  });
  return samples;
}

// A figure beside the reference's.
struct Comparison {
  double mean, z;                             // of the mean
  double standard_deviation, z_of_deviation;  // of its logarithm
};

Comparison compare(const Figure& reference, const Sample& sample) {
  const double n = static_cast<double>(sample.values.size()), mean = sample.mean();
  const double variance = sample.moment(2, mean) * n / (n - 1),
               kurtosis = sample.moment(4, mean) / std::pow(sample.moment(2, mean), 2);
  const double error = std::sqrt(std::pow(reference.standard_error, 2) + variance / n);
  const double share =
      std::pow(reference.standard_error / reference.standard_deviation, 2);  // 1 / number of reference replicates
  const double rounding = last_decimal / 2 / reference.standard_deviation;
  const double error_of_log = std::sqrt(std::max(0.1, kurtosis - 1) / 4 * (1 / n + share)) + rounding;
  return {mean, (mean - reference.mean) / error, std::sqrt(variance),
          std::log(std::sqrt(variance) / reference.standard_deviation) / error_of_log};
}

void append_to_table(const std::string& rows) {
  const char* path = std::getenv("COALIS_DOCKING_TABLE");
  if (!path) return;
  std::ofstream file(path, std::ios::app);
  if (file.tellp() == 0)
    file << "scenario,outcome,reference_mean,mean,z,reference_standard_deviation,standard_deviation,z_of_deviation\n";
  file << rows;
}

struct Case {
  std::string letter, file;
  friend void PrintTo(const Case& c, std::ostream* out) { *out << c.file; }
};

class Docking : public testing::TestWithParam<Case> {};

TEST_P(Docking, AgreesWithTheIndependentImplementation) {
  const auto& [letter, file] = GetParam();
  const ScenarioFile read = read_scenario(test::source_dir() / file);
  ASSERT_TRUE(read.ok()) << to_string(read.diagnostics.front());
  const std::vector<Figure> figures = figures_of(letter);
  ASSERT_GE(figures.size(), 28u);
  const Samples samples = sample(read.scenario);
  std::string rows;
  for (const Figure& reference : figures) {
    const Sample* found = samples.named(reference.name);
    ASSERT_TRUE(found && !found->values.empty()) << reference.name;
    if (reference.standard_deviation == 0) {
      for (const double value : found->values)
        ASSERT_NEAR(value, reference.mean, std::max(last_decimal, 1e-4 * std::abs(reference.mean))) << reference.name;
      rows += fmt::format("{},{},{},{:.5f},0,0,0,0\n", letter, reference.name, reference.mean, found->mean());
      continue;
    }
    const Comparison c = compare(reference, *found);
    EXPECT_LT(std::abs(c.z), 4) << reference.name << ": " << c.mean << ", reference " << reference.mean;
    EXPECT_LT(std::abs(c.z_of_deviation), 5)
        << reference.name << ": standard deviation " << c.standard_deviation << ", reference " << reference.standard_deviation;
    rows += fmt::format("{},{},{},{:.5f},{:.2f},{},{:.5f},{:.2f}\n", letter, reference.name, reference.mean, c.mean, c.z,
                        reference.standard_deviation, c.standard_deviation, c.z_of_deviation);
  }
  std::cout << rows;
  append_to_table(rows);
}

const std::string data = "tests/docking/data/";
INSTANTIATE_TEST_SUITE_P(Scenarios, Docking,
                         testing::Values(Case{"A", "scenarios/illinois.toml"}, Case{"B", data + "b-other-rules.toml"},
                                         Case{"C", data + "c-nonmembers-and-levers.toml"},
                                         Case{"D", data + "d-hubs-with-core.toml"}, Case{"E", data + "e-interventions.toml"},
                                         Case{"F", data + "f-convened-by-members.toml"}, Case{"G", data + "g-stress.toml"}),
                         [](const auto& suite) { return suite.param.letter; });

}  // namespace
}  // namespace coalis
