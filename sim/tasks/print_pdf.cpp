#include "coalis/tasks/print_pdf.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <sstream>
#include <thread>
#include <vector>

#include "coalis/io/text/file_error.hpp"
#include "coalis/io/text/output.hpp"
#include "coalis/io/text/whole_file.hpp"
#include "coalis/statistics/column_store.hpp"

namespace coalis {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr auto patience = 120s;

// A folder of its own for the browser's profile; gone with the object.
class Profile {
 public:
  Profile() {
    std::string pattern = (fs::path(temporary_folder()) / "coalis-chromium-XXXXXX").string();
    if (!::mkdtemp(pattern.data())) throw FileError(pattern + ": cannot be made; is the temporary folder full?");
    path_ = pattern;
  }
  ~Profile() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Profile(const Profile&) = delete;
  Profile& operator=(const Profile&) = delete;
  std::string path() const { return path_.string(); }

 private:
  fs::path path_;
};

// "file:///a%20b": everything but plain characters is escaped.
std::string address(const fs::path& page) {
  std::string text = "file://";
  for (const unsigned char c : fs::absolute(page).string())
    text += std::isalnum(c) || c == '/' || c == '-' || c == '_' || c == '.' ? std::string(1, static_cast<char>(c))
                                                                            : fmt::format("%{:02X}", c);
  return text;
}

pid_t start(const std::string& program, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), program);
  std::vector<char*> list;
  for (std::string& a : arguments) list.push_back(a.data());
  list.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  for (const int descriptor : {0, 1, 2}) posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0);
  pid_t child = 0;
  const int failed = posix_spawn(&child, program.c_str(), &actions, nullptr, list.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) throw FileError(program + ": cannot be started");
  return child;
}

// True if it ended well in time; else it is ended.
bool wait_for(pid_t child) {
  const auto end = std::chrono::steady_clock::now() + patience;
  int status = 0;
  while (::waitpid(child, &status, WNOHANG) == 0) {
    if (std::chrono::steady_clock::now() > end) {
      ::kill(child, SIGKILL);
      ::waitpid(child, &status, 0);
      return false;
    }
    std::this_thread::sleep_for(50ms);
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

std::string find_chromium(const std::string& path) {
  for (const char* name : {"chromium", "chromium-browser", "google-chrome"}) {
    std::istringstream folders(path);
    for (std::string folder; std::getline(folders, folder, ':');) {
      const fs::path program = fs::path(folder) / name;
      if (::access(program.c_str(), X_OK) == 0) return program.string();
    }
  }
  throw FileError(
      "--pdf: there is no Chromium on PATH; install it (Debian: apt-get install chromium), or print the page from any browser");
}

void print_pdf(const std::string& chromium, const fs::path& page, const fs::path& pdf, bool overwrite) {
  const Profile profile;
  const fs::path printed = fs::path(profile.path()) / "page.pdf";
  const pid_t child = start(
      chromium, {"--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                 "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-pdf-header-footer",
                 "--user-data-dir=" + profile.path(), "--print-to-pdf=" + printed.string(), address(page)});
  if (!wait_for(child) || !fs::exists(printed))
    throw FileError(fmt::format("{}: {} could not print it; print the page from a browser", pdf.string(), chromium));
  write_output(pdf, text_of_file(printed, largest_table), overwrite);
}

}  // namespace coalis
