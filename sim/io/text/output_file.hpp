// The one writer of new files, whatever is in them: written aside under a name of its own, flushed, put in place.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "checksum.hpp"

namespace coalis::io {

// What may stand under the name already. own: a file that the command keeps for itself (a state, a shard, the study file that is
// extended): it may have been read.
enum class Replace { never, asked, own };

// A file that appears whole under its name or not at all, also after a loss of power. Without put_in_place() nothing is left; of
// a process that was killed the next one that writes into the folder clears it away.
class OutputFile {
 public:
  // Throws FileError if `path` cannot become a file (check_target) or nothing can be written in its folder.
  OutputFile(std::filesystem::path path, Replace replace);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  const std::filesystem::path& path() const { return path_; }  // as it was named
  const std::filesystem::path& part() const { return part_; }  // what is being written
  void write(std::string_view bytes);                          // throws FileError
  // Flushes to disk, reads back what write() has written and gives the file its name. Throws FileError; then what stood there
  // stands there still.
  void put_in_place();

 private:
  void create();
  void read_back() const;
  void name_it();
  std::filesystem::path path_, target_, part_;
  Replace replace_;
  int id_ = -1;
  int note_ = -1;
  std::optional<Checksum> written_;  // none if another library writes the part, which then reads it back itself
};

// Name endings of files being written.
inline constexpr std::string_view part_ending = ".part";
// Of those without a lock: another machine may be writing them, so that they are cleared away only when they are old.
inline constexpr std::string_view unlocked_ending = ".unlocked";

// Where the links of the last component lead. Throws FileError for a circle, or a link to what a process has open (/dev/stdout).
std::filesystem::path followed(const std::filesystem::path& path);

// Throws FileError unless a file can be put there: absent or a regular file that may be replaced, none that the command reads or
// has written; links are followed, and kept.
void check_target(const std::filesystem::path& path, Replace replace);

// Throws FileError if a folder, which need not be there, or one it stands in keeps the runs of a study: nothing else is written
// there.
void refuse_store(const std::filesystem::path& folder, const std::filesystem::path& named);

// Throws FileError with the reason, in words.
[[noreturn]] void fail_writing(const std::filesystem::path& path, std::string_view what, int reason);

// Flushes what a folder says of `of`. Throws FileError.
void flush_folder(const std::filesystem::path& folder, const std::filesystem::path& of);

std::filesystem::path folder_of(const std::filesystem::path& path);

}  // namespace coalis::io
