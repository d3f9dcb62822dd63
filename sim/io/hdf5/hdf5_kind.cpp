#include "hdf5_kind.hpp"

#include "coalis/io/text/file_kind.hpp"
#include "hdf5.hpp"
#include "io/text/in_child.hpp"

namespace coalis {
namespace {

constexpr std::uint64_t seconds_to_open = 60;

// By a child: the HDF5 library crashes on some damaged files.
std::optional<std::string> format_in_child(const std::filesystem::path& path) {
  const io::ChildAnswer answer = io::in_child(
      [&] {
        const h5::Handle opened = h5::open_file(path);
        return h5::has_attribute(opened, "format") ? h5::read_text_attribute(opened, "format") : std::string();
      },
      seconds_to_open);
  if (!answer.succeeded) return std::nullopt;
  return answer.text;
}

}  // namespace

bool look_into_hdf5() { return hdf5_is_looked_into_by(format_in_child); }

}  // namespace coalis
