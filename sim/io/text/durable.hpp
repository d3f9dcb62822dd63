// Files that survive, and locks on single bytes that end with the process.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "coalis/io/text/file_error.hpp"

namespace coalis::io {

// The file appears whole under its name or not at all, also after a loss of power; what stands there is replaced: for files that
// the program keeps for itself (output_file.hpp). Throws FileError.
void write_durably(const std::filesystem::path& path, std::string_view content);

// The same if nothing stands there, also not since a moment ago; false if something does. Throws FileError.
bool write_new(const std::filesystem::path& path, std::string_view content);

// Appends in one write and flushes. Throws FileError.
void append_durably(const std::filesystem::path& path, std::string_view content);

enum class Lock { shared, exclusive };

// False after use_no_file_locks().
bool locks_are_wanted();

// There are none: the file system has none, or they are not wanted (coalis/io/text/file_locks.hpp).
struct NoLocks : FileError {
  NoLocks(std::string_view what, bool not_wanted) : FileError(what), wanted(!not_wanted) {}
  bool wanted;
};

// Sets the lock on one byte of an open file (Linux: an open file description lock; ends when the descriptor is closed, however
// the process ends). Returns false if another holds it and `wait` is false. Throws NoLocks.
bool set_lock(int descriptor, std::uint64_t byte, Lock lock, bool wait);

// What cannot be dropped is so when the descriptor is closed: never an error, and no reason to end a run that is done.
void drop_lock(int descriptor, std::uint64_t byte) noexcept;

// Another holds a lock on the byte.
bool is_locked(int descriptor, std::uint64_t byte);

}  // namespace coalis::io
