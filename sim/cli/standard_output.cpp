// See standard_output.hpp.
#include "standard_output.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>

#include "commands.hpp"

namespace coalis::cli {
namespace {

int first_reason = 0;

}  // namespace

void standard_output_failed(int reason) {
  if (first_reason == 0) first_reason = reason;
}

void guard_standard_streams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(stream, F_GETFD) >= 0 || errno != EBADF) continue;
    // Output to a descriptor that is open for reading alone fails; messages have nowhere to go and are lost.
    const int stand_in = ::open("/dev/null", stream == STDERR_FILENO ? O_WRONLY : O_RDONLY);
    if (stand_in >= 0 && stand_in != stream) {
      ::dup2(stand_in, stream);
      ::close(stand_in);
    }
  }
}

int finish_standard_output(int status) {
  const bool failed_before = std::ferror(stdout) != 0;
  errno = 0;
  if (std::fflush(stdout) == 0 && !failed_before) return status;
  standard_output_failed(errno);
  const std::string reason = first_reason != 0 ? std::string(": ") + std::strerror(first_reason) : "";
  const std::string message =
      "coalis: standard output could not be written" + reason + "; what was printed is not complete: is the disk full?\n";
  std::fwrite(message.data(), 1, message.size(), stderr);
  return status == success || status == failure ? file_error : status;
}

}  // namespace coalis::cli
