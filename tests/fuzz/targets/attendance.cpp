// A table of who came, as text: what is read is written and read again as it was, and its counts are evidence.
#include "../target.hpp"
#include "coalis/io/import/attendance_file.hpp"
#include "coalis/io/questions/evidence_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace coalis;
  const AttendanceFile file = parse_attendance(fuzz::text_of(data, size), "attendance.csv");
  fuzz::demand_diagnostics(file.diagnostics, file.ok());
  if (!file.ok()) return 0;
  const AttendanceTable& table = file.list.table;
  fuzz::demand(table.cells.size() == table.members * table.meetings && file.list.members.size() == table.members &&
                   file.list.meetings.size() == table.meetings,
               "a table without cells", "");
  const std::string evidence = attendance_evidence(file.list, "attendance.csv");
  if (evidence.empty()) return 0;
  const EvidenceFile read = parse_evidence(evidence, "evidence.toml");
  fuzz::demand(read.ok(), "counts that are no evidence", read.ok() ? "" : to_string(read.diagnostics.front()));
  return 0;
}
