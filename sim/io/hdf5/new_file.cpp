// See new_file.hpp.
#include "new_file.hpp"

#include <H5Fpublic.h>
#include <H5Ppublic.h>
#include <fcntl.h>
#include <fmt/format.h>

#include "coalis/core/build_info.hpp"
#include "coalis/engine/simulate.hpp"

namespace coalis {
namespace {

void write_provenance(hid_t file, const Provenance& provenance) {
  const h5::Handle group = h5::create_group(file, "provenance");
  h5::write_attribute(group, "title", std::string("What may differ between two equal runs"));
  h5::write_attribute(group, "command", provenance.command);
  h5::write_attribute(group, "host", provenance.host);
  h5::write_attribute(group, "date", provenance.date);
  h5::write_attribute(group, "compiler", provenance.compiler);
  h5::write_attribute(group, "threads", std::int32_t{provenance.threads});
  const ToldAnswer& told = provenance.answer;
  if (told.sentences.empty()) return;
  const h5::Dimension form(group, {"form", "", "form of the answer"}, {"sentences", "printed", "figures"});
  h5::write_texts(group, {"answer", "", "what was answered: sentences, a paragraph a line; as printed; figures, JSON"}, form,
                  {told.sentences, told.printed, told.figures});
}

}  // namespace

namespace io {

NewFile::NewFile(std::filesystem::path path, Replace replace)
    : output_(std::move(path), replace), file_(h5::create_file(output_.part())), recorder_(file_) {}

NewFile::NewFile(std::filesystem::path path, bool overwrite)
    : NewFile(std::move(path), overwrite ? Replace::asked : Replace::never) {}

NewFile::~NewFile() { file_.close(); }

void NewFile::begin_flush() const {
#ifdef SYNC_FILE_RANGE_WRITE
  void* descriptor = nullptr;
  h5::check(H5Fget_vfd_handle(file_, H5P_DEFAULT, &descriptor), "find the file's descriptor");
  ::sync_file_range(*static_cast<const int*>(descriptor), 0, 0, SYNC_FILE_RANGE_WRITE);  // a hint; fsync tells of failures
#endif
}

void NewFile::finish(const Provenance& what) {
  write_provenance(file_, what);
  h5::write_checksums(file_, recorder_.content());
  h5::check(H5Fflush(file_, H5F_SCOPE_GLOBAL), "write the file");
  if (!file_.close()) throw h5::Error("HDF5 could not close the file");
  if (h5::failed_closings() != failed_before_) throw h5::Error("HDF5 could not write a part of the file when that was closed");
  h5::check_content(h5::open_file(output_.part()), recorder_.content());
  output_.put_in_place();
}

void write_identity(hid_t file, std::string_view format, int format_version, const std::string& title, std::uint64_t seed) {
  const auto text = [&](const char* name, std::string_view value) { h5::write_attribute(file, name, std::string(value)); };
  text("format", format);
  h5::write_attribute(file, "format_version", std::int32_t{format_version});
  text("Conventions", "CF-1.8");
  text("title", title);
  text("source", "Coalis " + build_info().version);
  text("program_version", build_info().version);
  text("model_version", model_version);
  text("commit", build_info().commit);
  h5::write_attribute(file, "seed", seed);
}

}  // namespace io
}  // namespace coalis
