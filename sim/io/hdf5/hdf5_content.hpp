// What an HDF5 file holds, as checksums: one a section, over names, types, shapes, attributes and values, however these are
// stored (docs/formats/checksums.md). What is meant is entered while it is written; what a file has is read from it.
#pragma once

#include <H5Ipublic.h>

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "io/text/checksum.hpp"

namespace coalis::h5 {

// Attribute of the root and of every group in it.
inline constexpr const char* checksum_attribute = "content_checksum";

// A section is a group of the root with all below it; "/" are the root's own attributes and the list of the sections.
class Content {
 public:
  void add_group(const std::string& path);
  // shape: of a scalar empty.
  void add_attribute(const std::string& path, const std::string& name, const std::string& type,
                     const std::vector<std::uint64_t>& shape, std::string_view bytes);
  void add_variable(const std::string& path, const std::string& type, const std::vector<std::uint64_t>& shape,
                    std::uint64_t values);
  // By section, "/" first. `known`: sections whose checksums are taken from there instead, for that of "/".
  std::map<std::string, std::string> checksums(const std::map<std::string, std::string>& known = {}) const;

 private:
  void add(const std::string& path, std::string_view item);
  std::map<std::string, std::uint64_t> sums_{{"/", 0}};
};

// While it lives, what is written to the file through hdf5.hpp is entered into content().
class Recorder {
 public:
  explicit Recorder(hid_t file);
  ~Recorder();
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;
  const Content& content() const { return content_; }

 private:
  hid_t file_;
  Content content_;
};
// Of the file of the object; null if nobody records it.
Content* recorded(hid_t object);

// Writes the checksums into the file.
void write_checksums(hid_t file, const Content& content);

// Reads the file whole, or what is in the sections of `wanted` if it names any, and compares it with the checksums in it.
// Returns false if the file has none (of an older program). Throws Error: damaged, and where.
bool check_content(hid_t file, const std::set<std::string>& wanted = {});
// The same, and with what was meant.
void check_content(hid_t file, const Content& meant);

}  // namespace coalis::h5
