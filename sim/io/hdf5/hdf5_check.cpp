// Reading the content of a file whole, for its checksums. Nothing is allocated for a size that the file cannot hold.
#include <fmt/format.h>
#include <hdf5.h>

#include <algorithm>
#include <cstring>

#include "coalis/model/outcome_rows.hpp"
#include "hdf5.hpp"
#include "hdf5_content.hpp"

namespace coalis::h5 {
namespace {

struct Object {
  std::string path;
  bool is_group;
};

// Every object of a file by its address, each with one name. Asking for all that the library knows of an object has it read the
// indexes and free lists, too, on which other readers fail.
class Objects {
 public:
  explicit Objects(hid_t file) {
    H5O_info_t info;
    check(H5Oget_info2(file, &info, H5O_INFO_ALL), "read the root");
    enter(info, "/");
    visit(open_group(file, "/"), "/");
  }
  const std::map<haddr_t, Object>& all() const { return objects_; }
  const Object& at(haddr_t address) const {
    const auto found = objects_.find(address);
    if (found == objects_.end()) throw Error("a variable has a dimension that is not there");
    return found->second;
  }

 private:
  void visit(hid_t group, const std::string& path) {
    for (const std::string& name : link_names(group)) {
      const std::string below = (path == "/" ? path : path + "/") + name;
      H5O_info_t info;
      check(H5Oget_info_by_name2(group, name.c_str(), &info, H5O_INFO_ALL, H5P_DEFAULT), "read an object");
      enter(info, below);
      if (info.type == H5O_TYPE_GROUP) visit(open_group(group, name), below);
    }
  }
  void enter(const H5O_info_t& info, const std::string& path) {
    if (info.type != H5O_TYPE_GROUP && info.type != H5O_TYPE_DATASET) throw Error(path + " is no group and no variable");
    if (!objects_.emplace(info.addr, Object{path, info.type == H5O_TYPE_GROUP}).second)
      throw Error(path + " is in the file under two names");
  }
  std::map<haddr_t, Object> objects_;
};

std::size_t size_of(hid_t type) { return std::max<std::size_t>(1, H5Tget_size(type)); }

// Texts of a variable of texts.
io::Checksum checksum_of_texts(hid_t dataset, const std::vector<hsize_t>& lengths) {
  io::Checksum checksum;
  checksum.add_texts(read_texts(dataset, lengths));
  return checksum;
}

// Bytes of the values in the order of the rows, as the file's type has them (the lowest first).
io::Checksum checksum_of_numbers(hid_t dataset, hid_t type) {
  io::Checksum checksum;
  const std::size_t size = size_of(type);
  read_in_blocks(dataset, type, size, [&](const char* values, std::size_t count) { checksum.add(values, count * size); });
  return checksum;
}

// The row of a variable of /outcomes, null if it is none.
const OutcomeRow* outcome_of(std::string_view path) {
  constexpr std::string_view group = "/outcomes/";
  const auto row = std::ranges::find_if(
      outcome_rows, [&](const OutcomeRow& one) { return path.starts_with(group) && path.substr(group.size()) == one.name; });
  return row == outcome_rows.end() ? nullptr : &*row;
}

// Throws Error for a value that no run has: it would be told as a figure. Missing ones (NaN) are none.
void check_range(hid_t dataset, const std::string& path, const OutcomeRange& range) {
  constexpr double rounding = 1e-6;
  if (lengths_of(dataset).empty()) return;
  read_in_blocks(dataset, number_type<double>().memory, sizeof(double), [&](const char* bytes, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      double value = 0;
      std::memcpy(&value, bytes + i * sizeof value, sizeof value);
      if (value < range.least - rounding || value > range.most + rounding)
        throw Error(fmt::format("{} has the value {}, and it lies between {} and {}", path, value, range.least, range.most));
    }
  });
}

struct Found {
  Content content;
  std::map<std::string, std::string> stored;
};

class Reader {
 public:
  Reader(hid_t file, const std::set<std::string>& wanted) : file_(file), objects_(file) {
    for (const auto& [address, object] : objects_.all()) {
      const std::string section = object.path.substr(1, object.path.find('/', 1) - 1);
      const bool is_wanted = wanted.empty() || section.empty() || wanted.contains(section);
      const Handle id = object.is_group ? open_group(file, object.path) : open_variable(file, object.path);
      if (object.is_group && object.path.find('/', 1) == std::string::npos) read_stored(id, section.empty() ? "/" : section);
      if (object.is_group && !section.empty()) found_.content.add_group(object.path);
      if (is_wanted) read(id, object);
    }
  }
  Found found() { return std::move(found_); }

 private:
  void read_stored(hid_t group, const std::string& section) {
    if (has_attribute(group, checksum_attribute)) found_.stored[section] = read_text_attribute(group, checksum_attribute);
  }

  void read(hid_t id, const Object& object) {
    std::string scale_name;
    std::vector<hsize_t> dimensions;
    for (const std::string& name : attribute_names(id)) {
      if (name == checksum_attribute || name == "REFERENCE_LIST") continue;
      if (name == "DIMENSION_LIST")
        dimensions = read_dimensions(id, object.path);
      else
        read_attribute_of(id, object.path, name);
      if (name == "NAME") scale_name = read_text_attribute(id, name);
    }
    if (object.is_group) return;
    const std::vector<hsize_t> lengths = lengths_of(id);
    if (!dimensions.empty() && dimensions != lengths)
      throw Error(fmt::format("{} has the shape ({}), its dimensions ({})", object.path, fmt::join(lengths, ", "),
                              fmt::join(dimensions, ", ")));
    read_values(id, object.path, lengths, !scale_name.starts_with(no_variable));
  }

  void read_attribute_of(hid_t id, const std::string& path, const std::string& name) {
    const Handle attribute(H5Aopen(id, name.c_str(), H5P_DEFAULT), H5Aclose, "open an attribute");
    const Handle type(H5Aget_type(attribute), H5Tclose, "read an attribute's type");
    if (H5Tget_class(type) == H5T_STRING && H5Tis_variable_str(type) <= 0)
      return found_.content.add_attribute(path, name, "text", {}, raw_text_attribute(id, name));
    const std::string kind = type_name(type);
    if (kind.empty()) return found_.content.add_attribute(path, name, "other", {}, "");  // none that the program writes
    const Handle space(H5Aget_space(attribute), H5Sclose, "read an attribute's shape");
    const auto lengths = lengths_of_space(space);
    std::string bytes(H5Aget_storage_size(attribute), '\0');
    if (!bytes.empty()) check(H5Aread(attribute, type, bytes.data()), "read an attribute");
    found_.content.add_attribute(path, name, kind, {lengths.begin(), lengths.end()}, bytes);
  }

  // Enters the paths of the dimensions; returns their lengths.
  std::vector<hsize_t> read_dimensions(hid_t id, const std::string& path) {
    std::vector<hsize_t> lengths;
    std::string names;
    for (const haddr_t address : dimension_addresses(id)) {
      const Object& scale = objects_.at(address);
      if (scale.is_group) throw Error(path + " has a group as a dimension");
      names.append(scale.path).push_back('\0');
      const auto length = lengths_of(open_variable(file_, scale.path));
      if (length.size() != 1) throw Error(scale.path + " is no dimension");
      lengths.push_back(length[0]);
    }
    found_.content.add_attribute(path, "DIMENSION_LIST", "names", {lengths.size()}, names);
    return lengths;
  }

  void read_values(hid_t id, const std::string& path, const std::vector<hsize_t>& lengths, bool is_variable) {
    const Handle type(H5Dget_type(id), H5Tclose, "read a type");
    const bool is_text = H5Tget_class(type) == H5T_STRING && H5Tis_variable_str(type) > 0;
    const std::string kind = is_text ? "text" : type_name(type);
    if (kind.empty() || !is_variable) return found_.content.add_variable(path, kind, {lengths.begin(), lengths.end()}, 0);
    check_size(id, path);
    const io::Checksum values = is_text ? checksum_of_texts(id, lengths) : checksum_of_numbers(id, type);
    found_.content.add_variable(path, kind, {lengths.begin(), lengths.end()}, values.value());
    const bool is_number = H5Tget_class(type) == H5T_INTEGER || H5Tget_class(type) == H5T_FLOAT;
    if (const OutcomeRow* outcome = is_number ? outcome_of(path) : nullptr) check_range(id, path, range_of(*outcome));
  }

  hid_t file_;
  Objects objects_;
  Found found_;
};

std::string place_of(const std::string& section) {
  return section == "/" ? "the attributes of the file itself, or which groups it has" : "/" + section;
}

void compare(const std::map<std::string, std::string>& found, const std::map<std::string, std::string>& right,
             std::string_view problem) {
  const auto is_right = [&](const std::string& section, const std::string& checksum) {
    const auto known = right.find(section);
    return known != right.end() && known->second == checksum;
  };
  // The root last: whatever changes the checksum of a section changes that of the list of them.
  for (const auto& [section, checksum] : found)
    if (section != "/" && !is_right(section, checksum)) throw Error(fmt::format("{} {}", place_of(section), problem));
  for (const auto& [section, checksum] : right)
    if (!found.contains(section)) throw Error(fmt::format("{} is not there", place_of(section)));
  if (!found.contains("/") || !is_right("/", found.at("/"))) throw Error(fmt::format("{} {}", place_of("/"), problem));
}

}  // namespace

bool check_content(hid_t file, const std::set<std::string>& wanted) {
  const Found found = Reader(file, wanted).found();
  if (found.stored.empty()) return false;
  std::map<std::string, std::string> known;
  for (const auto& [section, checksum] : found.stored)
    if (!wanted.empty() && section != "/" && !wanted.contains(section)) known.emplace(section, checksum);
  compare(found.content.checksums(known), found.stored, "is not what was written: its content has another checksum");
  return true;
}

void check_content(hid_t file, const Content& meant) {
  constexpr std::string_view problem = "does not read back as it was written";
  const Found found = Reader(file, {}).found();
  compare(found.content.checksums(), meant.checksums(), problem);
  compare(found.stored, meant.checksums(), problem);
}

}  // namespace coalis::h5
