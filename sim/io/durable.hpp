// Files that survive: written aside, flushed, renamed; and locks on single bytes that end with the process.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

namespace coalis::io {

// The file appears whole under its name or not at all, also after a loss of power. Throws StoreError.
void write_durably(const std::filesystem::path& path, std::string_view content);

// Flushes a file that has been written aside and renames it. Throws StoreError.
void put_in_place(const std::filesystem::path& part, const std::filesystem::path& path);

// Appends in one write and flushes. Throws StoreError.
void append_durably(const std::filesystem::path& path, std::string_view content);

// Name endings of files being written.
inline constexpr std::string_view part_ending = ".part";

enum class Lock { none, shared, exclusive };

// Sets the lock on one byte of an open file (Linux: an open file description lock; ends when the descriptor is closed, however
// the process ends). Returns false if another holds it and `wait` is false.
bool set_lock(int descriptor, std::uint64_t byte, Lock lock, bool wait);

// Another holds a lock on the byte.
bool is_locked(int descriptor, std::uint64_t byte);

}  // namespace coalis::io
