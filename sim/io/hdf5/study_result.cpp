// The merged result file: groups over (point, replicate), filled point by point from the store.
#include "coalis/io/hdf5/study_result.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "coalis/core/characters.hpp"
#include "coalis/core/counted.hpp"
#include "coalis/io/text/file_kind.hpp"
#include "coalis/io/text/files_in_use.hpp"
#include "coalis/network/outcomes.hpp"
#include "hdf5.hpp"
#include "io/text/output_file.hpp"
#include "new_file.hpp"
#include "questions/study/values.hpp"
#include "result_open.hpp"
#include "result_parameters.hpp"
#include "study_groups.hpp"

namespace coalis {
namespace {

namespace fs = std::filesystem;
using h5::Dimension;
using h5::no_double;
using h5::Rows;

void write_root(hid_t file, const StudyContents& contents, bool complete) {
  const Study& study = contents.study;
  io::write_identity(file, study_result_format, study_result_format_version, study.name, study.seed);
  h5::write_attribute(file, "question", study.question);
  h5::write_attribute(file, "study", contents.text);
  h5::write_attribute(file, "study_key", to_string(study_key(contents)));
  h5::write_attribute(file, "complete", std::int32_t{complete});
}

// One file of parameter sets: the sets, and which of them each replicate has.
void write_parameter_file(hid_t parent, const StudyParameters& file, std::uint32_t replicates) {
  const h5::Handle group = h5::create_group(parent, fs::path(file.name).stem().string());
  h5::write_attribute(group, "title", std::string("Parameter sets of a file, and the set of each replicate"));
  h5::write_attribute(group, "file", file.name);
  h5::write_attribute(group, "sha1", file.hash);
  h5::write_attribute(group, "structure", file.structure);
  const Dimension set = io::numbered(group, {"set", "1", "number of the parameter set"}, file.sets.sets.size());
  const Dimension replicate = io::numbered(group, {"replicate", "1", "number of the replicate"}, replicates);
  std::vector<std::int32_t> of_replicate;
  for (std::uint32_t r = 0; r < replicates; ++r)
    of_replicate.push_back(static_cast<std::int32_t>(file.drawn.at(r / replicates_a_set)));
  io::write_sets(group, set, file.sets);
  h5::write_variable<std::int32_t>(group, {"set_of_replicate", "1", "set that the replicate has at every point of this file"},
                                   {&replicate}, {}, of_replicate);
}

void write_parameters(hid_t file, const StudyContents& study) {
  if (study.parameters.empty()) return;
  const h5::Handle group = h5::create_group(file, "parameters");
  h5::write_attribute(group, "title", std::string("Parameter sets: a group a file"));
  h5::write_attribute(group, "replicates_a_set", std::int32_t{replicates_a_set});
  for (const StudyParameters& one : study.parameters) write_parameter_file(group, one, study.study.replicates);
}

// What the figures of the answer vary by.
void write_figures(hid_t file, const StudyContents& study) {
  if (study.figures.empty()) return;
  std::vector<std::string> names, outcomes, structures;
  for (const FigureParts& f : study.figures) {
    if (f.structure == study.figures.front().structure) names.push_back(f.figure), outcomes.push_back(f.outcome);
    if (structures.empty() || structures.back() != f.structure) structures.push_back(f.structure);
  }
  const h5::Handle group = h5::create_group(file, "answer");
  h5::write_attribute(group, "title",
                      std::string("Figures of the answer, and what chance and parameters have in their variance"));
  const Dimension structure(group, {"structure", "", "structure under which the figure is; empty: the scenarios' own"},
                            structures);
  const Dimension figure(group, {"figure", "", "name of the figure in the study file"}, names);
  h5::write_texts(group, {"outcome", "", "outcome that the figure is of"}, figure, outcomes);
  const auto write = [&](const char* name, const char* meaning, auto value) {
    std::vector<double> values;
    for (const FigureParts& f : study.figures) values.push_back(value(f));
    h5::write_variable<double>(group, {name, "1", meaning}, {&structure, &figure}, no_double, values);
  };
  write("mean", "mean level or difference", [](const FigureParts& f) { return f.mean; });
  write("se", "its standard error; replicates of one set are not independent", [](const FigureParts& f) { return f.se; });
  write("chance", "variance of single replicates that is chance", [](const FigureParts& f) { return f.parts.chance; });
  write("parameters", "variance of single replicates that is parameters",
        [](const FigureParts& f) { return f.parts.parameters; });
  write("share", "parameters / (chance + parameters)", [](const FigureParts& f) { return f.parts.share; });
  write("share_low", "lower end of the nominal 95 % interval of the share",
        [](const FigureParts& f) { return f.parts.share_low; });
  write("share_high", "upper end of it", [](const FigureParts& f) { return f.parts.share_high; });
}

// The design table: what each point is.
void write_design(hid_t file, const StudyContents& contents) {
  const Study& study = contents.study;
  const auto& points = contents.points;
  const h5::Handle group = h5::create_group(file, "design");
  h5::write_attribute(group, "title", std::string("The design: what each point is"));
  const Dimension point = io::numbered(group, {"point", "1", "number of the design point"}, points.size());
  const auto texts = [&](const Quantity& what, auto value) {
    std::vector<std::string> values;
    for (const StudyPoint& p : points) values.push_back(value(p));
    h5::write_texts(group, what, point, values);
  };
  texts({"scenario", "", "scenario file, as the study names it"},
        [&](const StudyPoint& p) { return study.scenarios[p.scenario]; });
  texts({"key", "", "key of the point: equal points of equal model versions have equal keys"},
        [](const StudyPoint& p) { return to_string(p.key); });
  for (std::size_t f = 0; f < study.design.factors.size(); ++f) {
    const Factor& factor = study.design.factors[f];
    const std::string name = variable_name(factor.name);
    const std::string meaning = "value of " + paths_text(factor);
    if (const auto values = numbers_of(points, f)) {
      h5::write_variable<double>(group, {name, "1", meaning}, {&point}, no_double, *values);
    } else {
      texts({name, "", meaning}, [&](const StudyPoint& p) { return plain_text(p.values[f]); });
    }
  }
  if (!contents.parameters.empty())
    texts({"parameter_file", "", "file of the point's parameter sets"},
          [&](const StudyPoint& p) { return contents.parameters[p.parameters].name; });
}

// The scenarios as the first point of each has them.
void write_scenarios(hid_t file, const Study& study, const std::vector<StudyPoint>& points) {
  const h5::Handle group = h5::create_group(file, "scenarios");
  h5::write_attribute(group, "title", std::string("Resolved scenarios, as the first point of each has them"));
  const Dimension scenario(group, {"scenario", "", "scenario file, as the study names it"}, study.scenarios);
  std::vector<std::string> texts(study.scenarios.size());
  for (auto point = points.rbegin(); point != points.rend(); ++point) texts[point->scenario] = to_toml(point->resolved);
  h5::write_texts(group, {"text", "", "resolved scenario, TOML"}, scenario, texts);
}

void write_contents(hid_t out, const StudyContents& contents, const RunStore& store) {
  const Study& study = contents.study;
  const auto& points = contents.points;
  bool complete = true;
  for (const StudyPoint& point : points)
    complete = complete && store.done_of(point_in_store(point, contents.parameters), study.replicates) == study.replicates;
  write_root(out, contents, complete);
  write_scenarios(out, study, points);
  write_design(out, contents);
  write_parameters(out, contents);
  write_figures(out, contents);
  const auto groups = io::make_groups(out, study, points);
  for (const StudyPoint& point : points) {
    for (RunName name{point_in_store(point, contents.parameters), 0}; name.replicate < study.replicates; ++name.replicate) {
      const bool done = store.done(name);
      const StoredRun run = done ? store.read(name) : StoredRun{};
      for (const auto& group : groups) group->append(done ? &run : nullptr);
    }
  }
  for (const auto& group : groups) group->finish();
}

// What a merged result has that one of this study would not; "" of one that cannot be read, which is made again.
std::string what_would_be_lost(const fs::path& path, const Study& study) {
  const FilesInUse::Looking no_input;
  try {
    const h5::Handle file = io::open_hdf5(path, io::study_kind);
    if (const std::string name = h5::read_text_attribute(file, "title"); name != study.name)
      return fmt::format("is the result of another study, '{}'", visible(name, Lines::one));
    const hsize_t replicates = h5::length_of(file, "runs/replicate");
    if (replicates <= study.replicates) return "";
    return fmt::format("has {} of each point, and would be replaced by one of {}", counted(replicates, "replicate"),
                       study.replicates);
  } catch (const h5::Error&) {
    return "";
  } catch (const ResultError&) {
    return "";
  }
}

// Whatever its state: a damaged one is replaced.
bool is_study_result(const fs::path& path) { return what_is(path).format == study_result_format; }

}  // namespace

RunKey study_key(const StudyContents& contents) {
  const Study& study = contents.study;
  std::string text = fmt::format("{} {}\n", kept_words(study.record, study.further()), study.replicates);
  for (const StudyPoint& point : contents.points) text += to_string(point.key) + "\n";
  for (const StudyParameters& file : contents.parameters) text += file.hash + "\n";
  return combined_key(text);
}

bool is_result_of(const fs::path& path, const RunKey& study) {
  std::error_code ignored;
  if (!fs::is_regular_file(path, ignored)) return false;
  const FilesInUse::Looking looking;
  try {
    const h5::Handle file = io::open_hdf5(path, io::study_kind);
    return h5::read_text_attribute(file, "study_key") == to_string(study) &&
           h5::read_attribute<std::int32_t>(file, "complete") == 1 &&
           h5::has_group(file, "provenance/answer");  // which older programs did not keep
  } catch (const h5::Error&) {
    return false;
  } catch (const ResultError&) {  // another file, or damaged: it is made again
    return false;
  }
}

void check_study_result_path(const fs::path& path, bool overwrite, const Study& study) {
  const bool is_one = is_study_result(path);
  io::check_target(path, overwrite || is_one ? io::Replace::asked : io::Replace::never);
  if (overwrite || !is_one) return;
  if (const std::string more = what_would_be_lost(path, study); !more.empty())
    throw ResultError(fmt::format("{}: {}; choose another name with -o, or replace it with --force", path.string(), more));
}

void write_study_result(const fs::path& path, const StudyContents& study, const RunStore& store, const Provenance& provenance) {
  try {
    io::NewFile file(path, io::Replace::asked);
    write_contents(file, study, store);
    file.finish(provenance);
  } catch (const h5::Error& error) {
    throw ResultError(fmt::format("{}: {}; is the disk full? The runs are kept: make room, then give the same command again",
                                  path.string(), error.what()));
  }
}

}  // namespace coalis
