// What stands under a name that is no regular file.
#pragma once

#include <sys/stat.h>

namespace coalis::io {

inline const char* kind_of_file(unsigned mode) {
  if (S_ISDIR(mode)) return "a folder";
  if (S_ISFIFO(mode)) return "a pipe";
  if (S_ISSOCK(mode)) return "a socket";
  if (S_ISCHR(mode) || S_ISBLK(mode)) return "a device";
  return S_ISLNK(mode) ? "a link" : "something else";
}

}  // namespace coalis::io
