// The list behind coalis/io/text/temporaries.hpp.
#pragma once

#include <filesystem>

namespace coalis::io {

// A number to give back; -1 if the list is full or the name too long: the next run will clear the file away.
int note_temporary(const std::filesystem::path& path);
void forget_temporary(int note);

}  // namespace coalis::io
