// A coalition's own tables: files are parted by a byte 1. Whatever they are, every row is used or listed, what is written is read
// again, and with it the same tables give the same scenario and no question.
#include <algorithm>
#include <string>
#include <vector>

#include "../target.hpp"
#include "coalis/io/import/import_files.hpp"
#include "coalis/io/questions/evidence_file.hpp"

namespace {

using namespace coalis;

constexpr char parting = '\1';

std::vector<ImportInput> files_of(std::string_view bytes) {
  constexpr const char* names[]{"members.csv", "2024-03-05 sign-in.csv", "export.csv"};
  std::vector<ImportInput> files;
  for (const char* name : names) {
    const auto end = std::min(bytes.find(parting), bytes.size());
    files.push_back({name, std::string(bytes.substr(0, end))});
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    if (bytes.empty()) break;
  }
  return files;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::vector<ImportInput> files = files_of({reinterpret_cast<const char*>(data), size});
  const Imported imported = import_tables(files, {});
  for (const ImportedFile& file : imported.files) {
    int listed = 0;
    for (const auto& [reason, lines] : file.left_out) listed += static_cast<int>(lines.size());
    fuzz::demand(file.rows == file.used + listed, "a row that is neither used nor listed");
  }
  std::vector<Diagnostic> problems;
  const ImportAnswers answers = parse_mapping(mapping_text(imported), "mapping.toml", problems);
  const std::vector<SameName> known = parse_aliases(aliases_text(imported), "aliases.csv", problems);
  fuzz::demand(problems.empty(), "a mapping or a table of aliases that cannot be read again",
               problems.empty() ? "" : to_string(problems.front()));
  if (imported_members(imported).empty()) return 0;
  const std::string scenario = imported_scenario(imported, "Ours", "").complete;
  fuzz::demand(parse_scenario(scenario, "ours.toml").ok(), "a scenario that is wrong");
  if (const std::string evidence = imported_evidence(imported); !evidence.empty())
    fuzz::demand(parse_evidence(evidence, "evidence.toml").ok(), "evidence that is wrong");
  const Imported again = import_tables(files, answers, known);
  fuzz::demand(again.questions.empty(), "a question that was answered and is asked again");
  fuzz::demand(imported_scenario(again, "Ours", "").complete == scenario, "answers that are read again give another scenario");
  return 0;
}
