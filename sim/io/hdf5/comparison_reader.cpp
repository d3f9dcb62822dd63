// Reading a comparison file back, with errors that say what to do.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <span>

#include "coalis/io/hdf5/comparison_file.hpp"
#include "kept_outcomes.hpp"
#include "result_open.hpp"
#include "result_parameters.hpp"
#include "result_sections.hpp"

namespace coalis {
namespace {

// "2026-11-29T...", as the page takes it apart.
bool is_date(const std::string& text) {
  int year = 0, month = 0, day = 0;
  return text.size() >= 10 && std::sscanf(text.c_str(), "%4d-%2d-%2d", &year, &month, &day) == 3 && text[4] == '-' &&
         text[7] == '-' && year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

// Every column of a matrix of rows.
template <class T>
std::vector<T> column(const std::vector<T>& rows, std::size_t width, std::size_t at) {
  std::vector<T> values;
  for (std::size_t i = at; i < rows.size(); i += width) values.push_back(rows[i]);
  return values;
}

// None in files of an older program.
std::optional<EvidenceBase> read_fit(hid_t scenario) {
  if (!h5::has_attribute(scenario, "fitted_sites")) return std::nullopt;
  EvidenceBase fit{h5::read_attribute<std::int32_t>(scenario, "fitted_sites"),
                   h5::has_attribute(scenario, "fitted_basis") ? h5::read_text_attribute(scenario, "fitted_basis") : "",
                   {}};
  const auto read = [&](const char* name, std::vector<std::string>& into) {
    if (!h5::has_attribute(scenario, name)) return;
    const auto texts = nlohmann::json::parse(h5::read_text_attribute(scenario, name), nullptr, false);
    for (const auto& text : texts.is_array() ? texts : nlohmann::json::array())
      if (text.is_string()) into.push_back(text);
  };
  read("fitted_items", fit.items), read("fitted_figures", fit.figures);
  return fit;
}

}  // namespace

struct ComparisonFile::File {
  std::filesystem::path path;
  h5::Handle file;
  std::vector<std::uint32_t> replicates;

  // What `read` gives; an error of the library says that the file is damaged or too little.
  template <class Read>
  auto guarded(Read read) const {
    try {
      return read();
    } catch (const h5::Error& error) {
      throw ResultError(fmt::format("{}: damaged, or written by a Coalis that kept less: {}; run the comparison again",
                                    path.string(), error.what()));
    }
  }
  bool has(const std::string& group) const {
    return guarded([&] { return h5::has_group(file, group); });
  }
  std::optional<ComparedSets> read_sets(std::size_t count) const {
    if (!h5::has_group(file, "parameters")) return std::nullopt;
    const h5::Handle group = h5::open_group(file, "parameters");
    return ComparedSets{h5::read_text_attribute(group, "file"),
                        h5::read_text_attribute(group, "sha1"),
                        h5::read_dataset<std::int32_t>(file, "parameters/line"),
                        h5::read_dataset<double>(file, "parameters/weight"),
                        array<std::int32_t>("parameters", "set_of_replicate", {count}),
                        static_cast<std::size_t>(h5::read_attribute<std::int32_t>(group, "sets_used")),
                        io::read_sets(group)};
  }
  template <class T>
  std::vector<T> array(const std::string& group, const std::string& name, const std::vector<hsize_t>& shape) const {
    return h5::read_array<T>(h5::open_group(file, group), name, shape);
  }
};

ComparisonFile::ComparisonFile(const std::filesystem::path& path)
    : ComparisonFile(io::check_file(path, {&io::comparison_kind, 1})) {}

ComparisonFile::ComparisonFile(const CheckedPath& checked)
    : file_(std::make_unique<File>(File{checked.path, io::open_hdf5(checked, io::comparison_kind), {}})) {
  const hid_t file = file_->file;
  file_->guarded([&] {
    program_version = h5::read_text_attribute(file, "program_version");
    model_version = h5::read_text_attribute(file, "model_version");
    commit = h5::read_text_attribute(file, "commit");
    seed = h5::read_attribute<std::uint64_t>(file, "seed");
    const h5::Handle group = h5::open_group(file, "scenarios");
    if (h5::has_attribute(group, "evidence")) evidence = h5::read_text_attribute(group, "evidence");
    if (h5::has_attribute(group, "from_month")) from = h5::read_attribute<std::int32_t>(group, "from_month");
    if (from < 0) throw h5::Error("/scenarios: from_month is below 0");
    for (const std::string& label : h5::read_names(group, "scenario")) {
      const h5::Handle one = h5::open_group(group, label);
      scenarios.push_back({label, h5::read_text_attribute(one, "title"), h5::read_text_attribute(one, "scenario"),
                           h5::read_attribute<double>(one, from > 0 ? "planned_cost_from" : "planned_cost"),
                           h5::has_attribute(one, "budget") ? h5::read_text_attribute(one, "budget") : "", read_fit(one),
                           h5::has_attribute(one, "undone") ? h5::read_text_attribute(one, "undone") : ""});
    }
    if (scenarios.size() < 2) throw h5::Error("it has fewer than two scenarios");
    file_->replicates = h5::read_dataset<std::uint32_t>(file, "outcomes/replicate");
    replicates = file_->replicates.size();
    for (const Quantity& quantity : std::span(outcome_quantities()).first(h5::kept_outcomes(file)))
      matters.push_back(h5::read_number_attribute_of(file, "outcomes/" + quantity.name, "difference_that_matters").value_or(0));
    sets = file_->read_sets(replicates);
    const h5::Handle origin = h5::open_group(file, "provenance");
    provenance = {h5::read_text_attribute(origin, "command"), h5::read_text_attribute(origin, "host"),
                  h5::read_text_attribute(origin, "date"), h5::read_text_attribute(origin, "compiler"),
                  h5::read_attribute<std::int32_t>(origin, "threads")};
    if (!is_date(provenance.date)) throw h5::Error("/provenance has no date");
    return 0;
  });
}

ComparisonFile::~ComparisonFile() = default;

std::vector<double> ComparisonFile::values(const std::string& group, const std::string& name, std::size_t scenario) const {
  return file_->guarded([&] {
    return column(file_->array<double>(group, name, {replicates, scenarios.size()}), scenarios.size(), scenario);
  });
}

std::vector<float> ComparisonFile::over_time(const std::string& group, const std::string& name, std::size_t months) const {
  return file_->guarded([&] {
    const bool of_quantiles = group.find("quantiles") != std::string::npos;
    std::vector<hsize_t> shape;
    if (!of_quantiles) shape.push_back(replicates);
    shape.push_back(scenarios.size() - (group.starts_with("level") ? 0 : 1));
    if (group.ends_with("by_region")) shape.push_back(regions().size());
    if (of_quantiles) shape.push_back(io::quantile_probabilities.size());
    shape.push_back(months);
    return file_->array<float>(group, name, shape);
  });
}

bool ComparisonFile::has_own_item(std::size_t item) const {
  return file_->has("survey_items") && file_->has(fmt::format("survey_items/item.{}.0", item));
}

std::vector<std::string> ComparisonFile::regions() const {
  return file_->guarded([&] { return h5::read_names(h5::open_group(file_->file, "differences_by_region"), "region"); });
}

std::vector<ComparedStructure> ComparisonFile::structures() const {
  if (!file_->has("structures")) return {};
  return file_->guarded([&] {
    const h5::Handle group = h5::open_group(file_->file, "structures");
    const auto names = h5::read_names(group, "structure"), calibrations = h5::read_names(group, "calibration");
    const std::size_t others = scenarios.size() - 1;
    if (calibrations.size() != names.size()) throw h5::Error("/structures has other numbers of structures and of calibrations");
    std::vector<ComparedStructure> list;
    for (std::size_t i = 0; i < names.size(); ++i) list.push_back({names[i], calibrations[i], {}, {}});
    for (const Quantity& quantity : std::span(outcome_quantities()).first(matters.size())) {
      const auto mean = file_->array<double>("structures", quantity.name, {names.size(), others});
      const auto error = file_->array<double>("structures", quantity.name + ".se", {names.size(), others});
      for (std::size_t i = 0; i < names.size(); ++i) {
        const auto first = static_cast<std::ptrdiff_t>(i * others), last = static_cast<std::ptrdiff_t>((i + 1) * others);
        list[i].mean.emplace_back(mean.begin() + first, mean.begin() + last);
        list[i].error.emplace_back(error.begin() + first, error.begin() + last);
      }
    }
    return list;
  });
}

std::vector<ComparedVariance> ComparisonFile::variances() const {
  if (!file_->has("variance")) return {};
  return file_->guarded([&] {
    const h5::Handle group = h5::open_group(file_->file, "variance");
    const auto calibrations = h5::read_names(group, "calibration");
    const auto counts = file_->array<std::int32_t>("variance", "structures", {calibrations.size()});
    const auto set_counts = file_->array<std::int32_t>("variance", "parameter_sets", {calibrations.size()});
    const std::size_t others = scenarios.size() - 1, width = h5::length_of(group, "part");
    if (width < compared_part_names.size()) throw h5::Error("/variance lacks parts of the variance");
    std::vector<ComparedVariance> list;
    for (std::size_t i = 0; i < calibrations.size(); ++i)
      list.push_back({calibrations[i], static_cast<std::size_t>(counts[i]), static_cast<std::size_t>(set_counts[i]), {}});
    for (const Quantity& quantity : std::span(outcome_quantities()).first(matters.size())) {
      const auto values = file_->array<double>("variance", quantity.name, {list.size(), others, width});
      for (std::size_t i = 0; i < list.size(); ++i) {
        auto& parts = list[i].parts.emplace_back();
        for (std::size_t s = 0; s < others; ++s) {
          const double* v = &values[(i * others + s) * width];
          parts.push_back({v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7]});
        }
      }
    }
    return list;
  });
}

}  // namespace coalis
