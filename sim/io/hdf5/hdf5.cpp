// The layer over HDF5's C library. Times of objects are not tracked, so that equal contents give equal bytes; groups keep the
// order of creation, so that readers list variables as they were written.
#include "hdf5.hpp"

#include <hdf5.h>

#include <array>
#include <atomic>

#include "hdf5_content.hpp"
#include "hdf5_datasets.hpp"
#include "hdf5_kind.hpp"

namespace coalis::h5 {
namespace {

[[maybe_unused]] const bool looked_into = look_into_hdf5();

constexpr std::size_t metadata_bytes = 512 * 1024;

// "Input/output error" of a failed call's many numbers.
std::string plain(const std::string& reason) {
  constexpr std::string_view before = "error message = '";
  const std::size_t at = reason.find(before);
  if (at == std::string::npos) return reason;
  const std::size_t first = at + before.size();
  return reason.substr(first, reason.find('\'', first) - first);
}

herr_t keep_innermost(unsigned, const H5E_error2_t* entry, void* text) {
  if (entry->desc) *static_cast<std::string*>(text) = entry->desc;
  return 0;
}

std::atomic<std::size_t> closings_failed = 0;

void write_text(hid_t object, const std::string& name, const std::string& text) {
  const Handle type = text_type(std::max<std::size_t>(1, text.size()));
  const Handle space(H5Screate(H5S_SCALAR), H5Sclose, "make a data space");
  const Handle attribute(H5Acreate2(object, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
                         "create an attribute");
  check(H5Awrite(attribute, type, text.c_str()), "write an attribute");
}

}  // namespace

// The library's own closing of all files at exit is switched off: it crashes (1.10.8) if a file could not be written, as on a
// full disk. Every file is closed by its handle. Its messages go to whoever asks for them: every thread has a list of its own.
void begin_use() {
  static const bool unregistered = H5dont_atexit() >= 0;
  static_cast<void>(unregistered);
  thread_local bool is_quiet = false;
  if (!is_quiet) is_quiet = H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr) >= 0;
}

bool Handle::close() noexcept {
  if (id_ < 0) return true;
  begin_use();
  return close_(std::exchange(id_, -1)) >= 0;
}

Handle::~Handle() {
  if (!close()) note_failed_closing();
}

std::size_t failed_closings() { return closings_failed; }
void note_failed_closing() { ++closings_failed; }

Handle property_list(hid_t kind) {
  begin_use();
  return {H5Pcreate(kind), H5Pclose, "make a property list"};
}

Handle dataspace(std::span<const hsize_t> lengths, const hsize_t* most) {
  begin_use();
  return {H5Screate_simple(static_cast<int>(lengths.size()), lengths.data(), most), H5Sclose, "make a data space"};
}

Handle text_type(std::size_t length) {
  begin_use();
  Handle type(H5Tcopy(H5T_C_S1), H5Tclose, "make a text type");
  check(H5Tset_size(type, length), "make a text type");
  check(H5Tset_cset(type, H5T_CSET_UTF8), "make a text type");
  return type;
}

hid_t check(hid_t status, const char* what) {
  if (status >= 0) return status;
  std::string reason;
  H5Ewalk2(
      H5E_DEFAULT, H5E_WALK_UPWARD,
      [](unsigned n, const H5E_error2_t* entry, void* text) -> herr_t { return n == 0 ? keep_innermost(n, entry, text) : 0; },
      &reason);
  throw Error(std::string("HDF5 could not ") + what + (reason.empty() ? "" : ": " + plain(reason)));
}

template <>
NumberType number_type<float>() {
  return {H5T_NATIVE_FLOAT, H5T_IEEE_F32LE};
}
template <>
NumberType number_type<double>() {
  return {H5T_NATIVE_DOUBLE, H5T_IEEE_F64LE};
}
template <>
NumberType number_type<std::int8_t>() {
  return {H5T_NATIVE_INT8, H5T_STD_I8LE};
}
template <>
NumberType number_type<std::int16_t>() {
  return {H5T_NATIVE_INT16, H5T_STD_I16LE};
}
template <>
NumberType number_type<std::int32_t>() {
  return {H5T_NATIVE_INT32, H5T_STD_I32LE};
}
template <>
NumberType number_type<std::int64_t>() {
  return {H5T_NATIVE_INT64, H5T_STD_I64LE};
}
template <>
NumberType number_type<std::uint32_t>() {
  return {H5T_NATIVE_UINT32, H5T_STD_U32LE};
}
template <>
NumberType number_type<std::uint64_t>() {
  return {H5T_NATIVE_UINT64, H5T_STD_U64LE};
}

// Names, shapes and where chunks lie: what the library keeps of them in memory would grow to 32 MB with the runs.
void bound_metadata(hid_t access) {
  H5AC_cache_config_t config;
  config.version = H5AC__CURR_CACHE_CONFIG_VERSION;
  check(H5Pget_mdc_config(access, &config), "read the size of its cache");
  config.set_initial_size = true;
  config.initial_size = config.max_size = metadata_bytes;
  config.min_size = metadata_bytes / 2;
  check(H5Pset_mdc_config(access, &config), "set the size of its cache");
}

Handle create_file(const std::filesystem::path& path) {
  begin_use();  // before H5P_FILE_ACCESS, which is a call that starts the library
  const Handle access = property_list(H5P_FILE_ACCESS);
  check(H5Pset_libver_bounds(access, H5F_LIBVER_V18, H5F_LIBVER_V18), "set the version of the format");
  check(H5Pset_meta_block_size(access, 64 * 1024), "set the block size");
  check(H5Pset_fclose_degree(access, H5F_CLOSE_SEMI), "set how it is closed");  // an error if a part of it is still open
  bound_metadata(access);
  const Handle creation = property_list(H5P_FILE_CREATE);
  check(H5Pset_obj_track_times(creation, false), "switch off times");
  check(H5Pset_link_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED), "keep the order");
  check(H5Pset_attr_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED), "keep the order");
  check(H5Pset_attr_phase_change(creation, 0, 0), "allow long attributes");      // the scenario text may pass 64 KB
  check(H5Pset_file_locking(access, false, true), "leave locks to the writer");  // output_file.hpp holds one
  return {H5Fcreate(path.c_str(), H5F_ACC_TRUNC, creation, access), H5Fclose, "create the file"};
}

Handle create_group(hid_t parent, const std::string& name) {
  const Handle creation = property_list(H5P_GROUP_CREATE);
  check(H5Pset_obj_track_times(creation, false), "switch off times");
  check(H5Pset_link_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED), "keep the order");
  Handle group(H5Gcreate2(parent, name.c_str(), H5P_DEFAULT, creation, H5P_DEFAULT), H5Gclose, "create a group");
  if (Content* content = recorded(group)) content->add_group(path_of(group));
  return group;
}

void write_attribute(hid_t object, const std::string& name, const std::string& text) {
  write_text(object, name, text);
  note_text_attribute(object, name, text);
}

void write_unrecorded(hid_t object, const std::string& name, const std::string& text) { write_text(object, name, text); }

template <class T>
void write_attribute(hid_t object, const std::string& name, std::span<const T> values) {
  const std::array<hsize_t, 1> length{values.size()};
  const Handle space = dataspace(length);
  const Handle attribute(H5Acreate2(object, name.c_str(), number_type<T>().file, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
                         "create an attribute");
  check(H5Awrite(attribute, number_type<T>().memory, address_of(values)), "write an attribute");
  Content* content = recorded(object);
  if (!content) return;
  content->add_attribute(path_of(object), name, type_name(number_type<T>().file), {values.size()}, io::bytes_of(values));
}

template void write_attribute(hid_t, const std::string&, std::span<const float>);
template void write_attribute(hid_t, const std::string&, std::span<const double>);
template void write_attribute(hid_t, const std::string&, std::span<const std::int8_t>);
template void write_attribute(hid_t, const std::string&, std::span<const std::int16_t>);
template void write_attribute(hid_t, const std::string&, std::span<const std::int32_t>);
template void write_attribute(hid_t, const std::string&, std::span<const std::int64_t>);
template void write_attribute(hid_t, const std::string&, std::span<const std::uint32_t>);
template void write_attribute(hid_t, const std::string&, std::span<const std::uint64_t>);

}  // namespace coalis::h5
