// Answers of coalis best and coalis sensitivity as they are kept, to their pages.
#include <fstream>

#include "../target.hpp"
#include "coalis/io/text/json_file.hpp"
#include "coalis/tasks/page.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace coalis;
  static const std::string path = (fuzz::folder() / "answer.json").string();
  std::ofstream(path, std::ios::binary | std::ios::trunc) << fuzz::text_of(data, size);
  PageOptions options;
  options.results = {path};
  for (const PageOf of : {PageOf::best, PageOf::sensitivity}) {
    try {
      fuzz::demand(!make_page(of, options, "coalis report", nullptr).html.empty(), "an empty page");
    } catch (const JsonFileError& error) {
      fuzz::demand(error.what()[0] != '\0', "an error without a text");
    }
  }
  return 0;
}
