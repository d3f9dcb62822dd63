// A result file from beginning to end.
#include <utility>

#include "coalis/io/hdf5/result_file.hpp"
#include "new_file.hpp"
#include "result_sections.hpp"

namespace coalis {

namespace {

constexpr std::size_t records_between_flushes = 512;

}  // namespace

struct ResultWriter::File {
  io::NewFile file;
  Scenario scenario;  // of the sections
  Provenance provenance;
  std::vector<std::unique_ptr<io::Section>> sections;
  std::size_t records = 0;
};

ResultWriter::ResultWriter(std::filesystem::path path, bool overwrite, const Scenario& scenario, const ResultInfo& info,
                           const Recording& recording) try
    : file_(new File{{path, overwrite}, scenario, info.provenance, {}, 0}) {
  const int version = info.parameters ? result_format_version : result_format_version_plain;
  io::write_identity(file_->file, result_format, version, scenario.name, info.seed);
  h5::write_attribute(file_->file, "scenario", info.scenario_text);
  io::write_names(file_->file, scenario);
  file_->sections = io::make_sections(file_->file, file_->scenario, recording, info);
} catch (const h5::Error& error) {
  throw ResultError(path.string() + ": " + error.what());
}

ResultWriter::~ResultWriter() = default;

void ResultWriter::append(const RunRecord& record) {
  try {
    for (auto& section : file_->sections) section->append(record);
    if (++file_->records % records_between_flushes == 0) file_->file.begin_flush();
  } catch (const h5::Error& error) {
    throw ResultError(file_->file.path().string() + ": " + error.what() + "; is the disk full?");
  }
}

void ResultWriter::finish(const Loop& loop, ToldAnswer answer) {
  try {
    file_->provenance.answer = std::move(answer);
    for (auto& section : file_->sections) section->finish(loop);
    file_->sections.clear();
    file_->file.finish(file_->provenance);
  } catch (const h5::Error& error) {
    throw ResultError(file_->file.path().string() + ": " + error.what() + "; is the disk full?");
  }
}

}  // namespace coalis
