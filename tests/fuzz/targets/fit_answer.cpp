// An answer of coalis calibrate --check, to its page.
#include <fstream>

#include "../target.hpp"
#include "coalis/io/text/json_file.hpp"
#include "coalis/tasks/fit_report.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace coalis;
  static const std::string path = (fuzz::folder() / "fit.check.json").string();
  std::ofstream(path, std::ios::binary | std::ios::trunc) << fuzz::text_of(data, size);
  try {
    const auto page = read_fit_page({path, path}, "", "coalis report");
    fuzz::demand(!report::html(page).empty(), "an empty page");
  } catch (const JsonFileError& error) {
    fuzz::demand(error.what()[0] != '\0', "an error without a text");
  }
  return 0;
}
