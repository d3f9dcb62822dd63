// Evidence, as text.
#include <cmath>

#include "../target.hpp"
#include "coalis/io/questions/evidence_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace coalis;
  const EvidenceFile file = parse_evidence(fuzz::text_of(data, size), "evidence.toml");
  fuzz::demand_diagnostics(file.diagnostics, file.ok());
  if (!file.ok()) return 0;
  for (const EvidenceItem& item : file.items) {
    fuzz::demand(item.counts.empty() || item.counts.size() == item.categories.size(), "counts without categories", item.id);
    fuzz::demand(!item.share || (*item.share >= 0 && *item.share <= 1), "a share out of its range", item.id);
    fuzz::demand(!item.range || ((*item.range)[0] <= (*item.range)[1] && std::isfinite((*item.range)[0])), "an empty range",
                 item.id);
    fuzz::demand(item.n >= 0 && file.find(measured(item)) != nullptr, "an item that cannot be found", item.id);
  }
  return 0;
}
