// See hdf5_content.hpp. A section's checksum is the sum of the checksums of its items, so that their order is of no account.
#include "hdf5_content.hpp"

#include <fmt/format.h>
#include <hdf5.h>

#include <mutex>

#include "hdf5.hpp"

namespace coalis::h5 {
namespace {

constexpr std::string_view differs_between_equal_runs = "provenance";

std::string section_of(const std::string& path) {
  const std::size_t end = path.find('/', 1);
  return path.size() <= 1 ? "/" : path.substr(1, end == std::string::npos ? end : end - 1);
}

std::string shape_text(const std::vector<std::uint64_t>& shape) { return fmt::format("{}", fmt::join(shape, ",")); }

std::mutex recorders_lock;
std::map<hid_t, Content*> recorders;  // by file

}  // namespace

void Content::add(const std::string& path, std::string_view item) {
  std::string text = path;
  text.push_back('\0');
  text.append(item);
  sums_[section_of(path)] += io::checksum_of(text);
}

void Content::add_group(const std::string& path) { add(path, "group"); }

void Content::add_attribute(const std::string& path, const std::string& name, const std::string& type,
                            const std::vector<std::uint64_t>& shape, std::string_view bytes) {
  std::string item = fmt::format("attribute{0}{1}{0}{2}{0}{3}{0}", '\0', name, type, shape_text(shape));
  add(path, item.append(bytes));
}

void Content::add_variable(const std::string& path, const std::string& type, const std::vector<std::uint64_t>& shape,
                           std::uint64_t values) {
  add(path, fmt::format("variable{0}{1}{0}{2}{0}{3}", '\0', type, shape_text(shape), io::hex(values)));
}

std::map<std::string, std::string> Content::checksums(const std::map<std::string, std::string>& known) const {
  std::map<std::string, std::string> texts;
  std::uint64_t root = sums_.at("/");
  for (const auto& [section, sum] : sums_) {
    if (section == "/") continue;
    const auto given = known.find(section);
    texts[section] = given == known.end() ? io::hex(sum) : given->second;
    const std::string part = section == differs_between_equal_runs ? "" : texts[section];
    root += io::checksum_of(fmt::format("section{0}{1}{0}{2}", '\0', section, part));
  }
  texts["/"] = io::hex(root);
  return texts;
}

Recorder::Recorder(hid_t file) : file_(file) {
  const std::lock_guard hold(recorders_lock);
  recorders[file_] = &content_;
}

Recorder::~Recorder() {
  const std::lock_guard hold(recorders_lock);
  recorders.erase(file_);
}

Content* recorded(hid_t object) {
  const Handle file(H5Iget_file_id(object), H5Fclose, "find a file");
  const std::lock_guard hold(recorders_lock);
  const auto found = recorders.find(file);
  return found == recorders.end() ? nullptr : found->second;
}

void write_checksums(hid_t file, const Content& content) {
  for (const auto& [section, checksum] : content.checksums()) {
    const Handle group = open_group(file, section);
    write_unrecorded(group, checksum_attribute, checksum);
  }
}

}  // namespace coalis::h5
