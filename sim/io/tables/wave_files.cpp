// See wave_files.hpp.
#include "coalis/io/tables/wave_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <string>

#include "coalis/core/build_info.hpp"
#include "coalis/core/month_text.hpp"
#include "coalis/engine/simulate.hpp"
#include "coalis/io/hdf5/result_file.hpp"
#include "coalis/io/text/files_in_use.hpp"
#include "coalis/io/text/output.hpp"
#include "coalis/io/text/whole_file.hpp"
#include "io/text/csv_table.hpp"
#include "network/final_state.hpp"

namespace coalis {
namespace {

constexpr char a_tie = '1', no_tie = '0';
constexpr const char* structural_zero = "10";
constexpr int commitment_classes = 5;

// Rows own ties, columns are partners; 10 where one of the two is no member.
void write_ties(const std::filesystem::path& path, bool overwrite, const Wave& wave) {
  const std::size_t n = wave.member.size();
  io::TextFile file(path, overwrite);
  auto tie = wave.ties.begin();
  std::vector<char> row(n);
  for (std::size_t i = 0; i < n; ++i) {
    std::fill(row.begin(), row.end(), no_tie);
    for (; tie != wave.ties.end() && static_cast<std::size_t>(tie->owner) == i; ++tie)
      row[static_cast<std::size_t>(tie->partner)] = a_tie;
    std::string text;
    for (std::size_t j = 0; j < n; ++j) {
      if (j > 0) text += ' ';
      if (i != j && !(wave.member[i] && wave.member[j])) {
        text += structural_zero;
      } else {
        text += row[j];
      }
    }
    file.write(text + '\n');
  }
  file.finish();
}

// A row an actor, a column a wave, NA where it is no member.
std::string behaviour(const Waves& waves, const std::function<int(const Wave&, std::size_t)>& value) {
  std::string text;
  for (std::size_t i = 0; i < waves.actors.size(); ++i) {
    for (std::size_t k = 0; k < waves.waves.size(); ++k) {
      const Wave& wave = waves.waves[k];
      text += fmt::format("{}{}", k ? " " : "", wave.member[i] ? std::to_string(value(wave, i)) : "NA");
    }
    text += '\n';
  }
  return text;
}

std::string composition(const Waves& waves) {
  std::string text;
  for (const auto& intervals : waves.present) {
    for (std::size_t k = 0; k < intervals.size(); ++k)
      text += fmt::format("{}{} {}", k ? " " : "", intervals[k][0], intervals[k][1]);
    text += '\n';
  }
  return text;
}

void write_attributes(const std::filesystem::path& path, bool overwrite, const Scenario& scenario, const Waves& waves) {
  std::vector<io::Column> columns;
  for (const char* name : {"actor", "organisation", "region", "region_number", "sector", "sector_number", "role", "role_number",
                           "type", "serves_victims", "entry", "mission_alignment", "capacity"})
    columns.push_back({name, "", ""});
  const auto whole = [&](const char* name, std::size_t i) { return final_integers(waves.last, name)[i]; };
  io::CsvTable table(path, overwrite, columns);
  for (std::size_t k = 0; k < waves.actors.size(); ++k) {
    const auto i = static_cast<std::size_t>(waves.actors[k]);
    const auto region = static_cast<std::size_t>(whole("region", i)), sector = static_cast<std::size_t>(whole("sector", i)),
               role = static_cast<std::size_t>(whole("role", i));
    table.add_number(k + 1);
    table.add_number(i);
    table.add(scenario.regions[region].name);
    table.add_number(region + 1);
    table.add(sector_names[sector]);
    table.add_number(sector + 1);
    table.add(scenario.roles[role].name);
    table.add_number(role + 1);
    for (const char* name : {"type", "serves_victims", "entry"}) table.add_number(whole(name, i));
    for (const char* name : {"mission_alignment", "capacity"}) table.add_number(final_floats(waves.last, name)[i]);
    table.end_row();
  }
  table.finish();
}

void write_table_of_waves(const std::filesystem::path& path, bool overwrite, const Scenario& scenario, const Waves& waves) {
  io::CsvTable table(
      path, overwrite,
      {{"wave", "", ""}, {"month", "", ""}, {"date", "", ""}, {"members", "", ""}, {"ties", "", ""}, {"jaccard", "", ""}});
  for (std::size_t k = 0; k < waves.waves.size(); ++k) {
    const Wave& wave = waves.waves[k];
    table.add_number(k + 1);
    table.add_number(wave.month);
    table.add(month_text(scenario.calendar.start, wave.month));
    table.add_number(std::count(wave.member.begin(), wave.member.end(), 1));
    table.add_number(wave.ties.size());
    table.add_number(k ? jaccard(waves.waves[k - 1], wave) : std::nan(""));
    table.end_row();
  }
  table.finish();
}

std::string about(const Scenario& scenario, const NetworkSource& source) {
  return fmt::format(
      "format: coalis-waves\nformat_version: 1\nprogram_version: {}\ncommit: {}\nmodel_version: {}\nscenario: {}\nseed: {}\n"
      "replicate: {}\n",
      build_info().version, build_info().commit, model_version, scenario.name, source.seed, source.replicate);
}

std::filesystem::path ties_file(const std::filesystem::path& folder, std::size_t wave) {
  return folder / fmt::format("ties-{}.txt", wave);
}

// How many an earlier export into the folder had, by its table of waves.
std::size_t earlier_waves(const std::filesystem::path& folder) {
  const std::filesystem::path table = folder / "waves.csv";
  std::error_code error;
  if (!std::filesystem::is_regular_file(table, error)) return 0;
  const FilesInUse::Looking looking;
  const std::string text = text_of_file(table, largest_table, Empty::allowed);
  if (!text.starts_with("wave,month,date,members,ties,jaccard\n")) return 0;
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) - 1;
}

}  // namespace

std::vector<std::filesystem::path> wave_files(const std::filesystem::path& folder, std::size_t waves) {
  std::vector<std::filesystem::path> files;
  for (std::size_t k = 1; k <= waves; ++k) files.push_back(ties_file(folder, k));
  for (const char* name : {"attendance.txt", "commitment.txt", "composition.txt", "attributes.csv", "waves.csv", "about.txt"})
    files.push_back(folder / name);
  return files;
}

void check_wave_files(const std::filesystem::path& folder, std::size_t waves, bool overwrite) {
  make_output_folder(folder);
  check_outputs(wave_files(folder, waves), overwrite);
  if (!overwrite) return;
  std::error_code error;
  for (std::size_t of_earlier = earlier_waves(folder); of_earlier > waves; --of_earlier)
    std::filesystem::remove(ties_file(folder, of_earlier), error);
}

void write_waves(const std::filesystem::path& folder, bool overwrite, const Scenario& scenario, const Waves& waves,
                 const NetworkSource& source) {
  const auto files = wave_files(folder, waves.waves.size());
  const std::size_t count = waves.waves.size();
  for (std::size_t k = 0; k < count; ++k) write_ties(files[k], overwrite, waves.waves[k]);
  write_output(files[count], behaviour(waves, [](const Wave& wave, std::size_t i) { return wave.attendance[i]; }), overwrite);
  write_output(files[count + 1],
               behaviour(waves,
                         [](const Wave& wave, std::size_t i) {
                           const auto whole = static_cast<int>(wave.commitment[i] * commitment_classes);
                           return std::min(whole, commitment_classes - 1) + 1;
                         }),
               overwrite);
  write_output(files[count + 2], composition(waves), overwrite);
  write_attributes(files[count + 3], overwrite, scenario, waves);
  write_table_of_waves(files[count + 4], overwrite, scenario, waves);
  write_output(files[count + 5], about(scenario, source), overwrite);
}

}  // namespace coalis
