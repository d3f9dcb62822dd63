#include "tasks/workbooks.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <set>
#include <sstream>

#include "coalis/core/letter_case.hpp"
#include "coalis/io/text/whole_file.hpp"
#include "io/import/decoded_text.hpp"

namespace coalis {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_workbook = std::size_t{64} << 20;
constexpr std::string_view missing_library = "openpyxl";

// A file descriptor that is closed.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }
  void close() {
    if (number_ >= 0) ::close(number_);
    number_ = -1;
  }

 private:
  int number_;
};

bool write_whole(int file, std::string_view text) {
  while (!text.empty()) {
    const auto written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::lseek(file, 0, SEEK_SET) == 0;
}

std::string all_of(int file) {
  std::string text;
  std::array<char, 65536> block{};
  for (;;) {
    const auto count = ::read(file, block.data(), block.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0 || text.size() > largest_table) return text;
    text.append(block.data(), static_cast<std::size_t>(count));
  }
}

// Every Python of the folders, the first first: not each has the library.
std::vector<std::string> pythons(const std::string& programs) {
  std::vector<std::string> found;
  std::set<fs::path> seen;
  std::istringstream folders(programs);
  for (std::string folder; std::getline(folders, folder, ':');) {
    const fs::path program = fs::path(folder) / "python3";
    std::error_code ignored;
    if (!folder.empty() && ::access(program.c_str(), X_OK) == 0 && seen.insert(fs::canonical(program, ignored)).second)
      found.push_back(program.string());
  }
  return found;
}

// What Python says of these bytes; "" if it ended without a word.
std::string said_by(const std::string& python, std::string_view bytes) {
  const Descriptor input(::memfd_create("workbook", MFD_CLOEXEC));
  std::array<int, 2> ends{-1, -1};
  if (input.number() < 0 || !write_whole(input.number(), bytes) || ::pipe2(ends.data(), O_CLOEXEC) != 0) return "";
  const Descriptor reading(ends[0]);
  Descriptor writing(ends[1]);
  // What lies beside the tables is no part of Python.
  std::array<std::string, 5> words{python, "-B", "-c", "import sys; sys.path = [p for p in sys.path if p]; exec(sys.argv[1])",
                                   workbook_reader()};
  std::array<char*, 6> arguments{};
  std::transform(words.begin(), words.end(), arguments.begin(), [](std::string& word) { return word.data(); });
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, input.number(), 0);
  posix_spawn_file_actions_adddup2(&actions, writing.number(), 1);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  const int failed = ::posix_spawn(&child, python.c_str(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) return "";
  writing.close();
  std::string said = all_of(reading.number());
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? said : "";
}

// Takes the next record; false at the end, or if it is none.
bool take_record(std::string_view& rest, std::string_view& kind, std::string_view& text) {
  const auto line = rest.find('\n'), blank = rest.substr(0, line).find(' ');
  std::size_t length = 0;
  if (line == rest.npos || blank == rest.npos) return false;
  const auto [end, error] = std::from_chars(rest.data() + blank + 1, rest.data() + line, length);
  if (error != std::errc() || end != rest.data() + line || length >= rest.size() - line) return false;
  kind = rest.substr(0, blank), text = rest.substr(line + 1, length);
  if (text.size() != length) return false;
  rest.remove_prefix(std::min(line + 1 + length + 1, rest.size()));
  return true;
}

const char* const no_reader =
    "needs python3 with openpyxl to be read; install it (Debian: apt-get install python3-openpyxl; elsewhere: pip install "
    "openpyxl), "
    "or save each of its sheets as CSV";

}  // namespace

bool is_workbook(const fs::path& file) {
  const std::string ending = lower_case(file.extension().string());
  constexpr std::array<std::string_view, 7> endings{".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".numbers", ".graphml"};
  return std::find(endings.begin(), endings.end(), ending) != endings.end();
}

Workbook workbook_of_records(std::string_view records) {
  Workbook book;
  std::string_view kind, text;
  while (book.problem.empty() && take_record(records, kind, text)) {
    if (kind == "sheet")
      book.sheets.push_back({io::cleaned(text), "", "", {}});
    else if (kind == "missing")
      book.problem =
          text == missing_library ? no_reader : fmt::format("needs {} of Python to be read; install it", io::cleaned(text));
    else if (kind == "error")
      book.problem = io::cleaned(text);
    else if (book.sheets.empty())
      break;
    else if (kind == "table")
      book.sheets.back().table = text;
    else if (kind == "why")
      book.sheets.back().why = io::cleaned(text);
    else
      book.sheets.back().notes.push_back(io::cleaned(text));
  }
  if (book.problem.empty() && (book.sheets.empty() || !records.empty()))
    book.problem = "could not be read: Python ended early; save its sheets as CSV";
  return book;
}

Workbook read_workbook(const fs::path& file, const std::string& programs) {
  const std::string bytes = text_of_file(file, largest_workbook, Empty::allowed);
  Workbook book{{}, no_reader};
  for (const std::string& python : pythons(programs)) {
    book = workbook_of_records(said_by(python, bytes));
    if (book.problem != no_reader) break;
  }
  return book;
}

}  // namespace coalis
