// See in_child.hpp. The answer comes through a pipe: a letter, then the text.
#include "in_child.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <exception>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define COALIS_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define COALIS_SANITIZED 1
#endif
#endif

namespace coalis::io {
namespace {

ChildAnswer answer_of(const std::function<std::string()>& work) {
  try {
    return {true, work(), ""};
  } catch (const std::exception& error) {
    return {false, error.what(), ""};
  }
}

void limit(decltype(RLIMIT_CPU) what, rlim_t most) {
  rlimit now{};
  if (::getrlimit(what, &now) != 0) return;
  now.rlim_cur = std::min<rlim_t>(most, now.rlim_max);
  ::setrlimit(what, &now);
}

// No core, no endless loop, no endless memory; the dying words of the C library are not the user's.
void prepare_child(std::uint64_t seconds) {
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_CPU, seconds);
#ifndef COALIS_SANITIZED
  limit(RLIMIT_AS, rlim_t{16} << 30);
  const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nowhere >= 0) ::dup2(nowhere, STDERR_FILENO);
#endif
}

void write_all(int file, const std::string& text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto written = ::write(file, text.data() + at, text.size() - at);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    at += static_cast<std::size_t>(written);
  }
}

std::string read_all(int file) {
  std::string text;
  std::array<char, 4096> block{};
  for (;;) {
    const auto count = ::read(file, block.data(), block.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return text;
    text.append(block.data(), static_cast<std::size_t>(count));
  }
}

std::string crash_of(int status) {
  if (!WIFSIGNALED(status)) return fmt::format("ended with status {}", WEXITSTATUS(status));
  const int signal = WTERMSIG(status);
  return signal == SIGXCPU || signal == SIGKILL ? "found no end" : fmt::format("crashed: {}", ::strsignal(signal));
}

}  // namespace

ChildAnswer in_child(const std::function<std::string()>& work, std::uint64_t seconds) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return answer_of(work);
  const pid_t child = ::fork();
  if (child < 0) {
    ::close(ends[0]), ::close(ends[1]);
    return answer_of(work);
  }
  if (child == 0) {
    ::close(ends[0]);
    prepare_child(seconds);
    const ChildAnswer answer = answer_of(work);
    write_all(ends[1], (answer.succeeded ? "y" : "n") + answer.text);
    ::_exit(0);
  }
  ::close(ends[1]);
  const std::string said = read_all(ends[0]);
  ::close(ends[0]);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0 || said.empty()) return {false, "", crash_of(status)};
  return {said[0] == 'y', said.substr(1), ""};
}

}  // namespace coalis::io
