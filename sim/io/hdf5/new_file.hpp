// An HDF5 file that appears whole (output_file.hpp). Without finish() nothing is left.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "coalis/io/hdf5/result_file.hpp"
#include "hdf5.hpp"
#include "hdf5_content.hpp"
#include "io/text/output_file.hpp"

namespace coalis::io {

class NewFile {
 public:
  // Throws ResultError as check_output_path does, h5::Error if the file cannot be created.
  NewFile(std::filesystem::path path, bool overwrite);
  NewFile(std::filesystem::path path, Replace replace);
  ~NewFile();
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  operator hid_t() const { return file_; }
  const std::filesystem::path& path() const { return output_.path(); }
  // Has the system begin to bring to disk what was written, so that finish() has less to wait for.
  void begin_flush() const;
  // Writes the group /provenance and the checksums of the content, flushes to disk, reads everything back, and moves into place
  // only if all of this succeeded and what is read is what was meant. Handles of groups and variables must be closed before.
  // Throws h5::Error or ResultError.
  void finish(const Provenance& provenance);

 private:
  OutputFile output_;
  std::size_t failed_before_ = h5::failed_closings();
  h5::Handle file_;
  h5::Recorder recorder_;
};

// The root attributes that every file of the program has.
void write_identity(hid_t file, std::string_view format, int format_version, const std::string& title, std::uint64_t seed);

}  // namespace coalis::io
