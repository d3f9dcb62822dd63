// The groups of a result file, each a section that takes its part of every record.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "coalis/core/parallel.hpp"
#include "coalis/io/hdf5/result_file.hpp"
#include "coalis/model/record.hpp"
#include "coalis/model/scenario.hpp"
#include "hdf5.hpp"

namespace coalis::io {

class Section {
 public:
  virtual ~Section() = default;
  virtual void append(const RunRecord& record) = 0;
  virtual void finish(const Loop& loop) = 0;  // writes what is left
};

// The sections that `recording` and `info` ask for, in the order of the file.
std::vector<std::unique_ptr<Section>> make_sections(hid_t file, const Scenario& scenario, const Recording& recording,
                                                    const ResultInfo& info);

// The group /names: what numbers of regions, roles, hubs, kinds and sectors stand for.
void write_names(hid_t file, const Scenario& scenario);

// The group /trajectory_quantiles: quantiles over replicates of the (replicate, month) variables `trajectories`.
void write_quantiles(hid_t file, const Scenario& scenario, const std::vector<Quantity>& quantities,
                     const std::vector<hid_t>& trajectories, std::size_t rows, const Loop& loop);

// Probabilities of the quantiles over replicates.
inline constexpr std::array quantile_probabilities{0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975};

// Quantiles over the rows of a variable (replicate, inner..., month), [probability][month].
std::vector<float> quantiles_by_month(hid_t variable, std::span<const hsize_t> inner, std::size_t months, std::size_t rows,
                                      const Loop& loop);

// Coordinates that several groups have.
h5::Dimension month_dimension(hid_t group, const Scenario& scenario);

}  // namespace coalis::io
