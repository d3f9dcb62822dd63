// A study's text, beside the files of folder().
#include "../target.hpp"
#include "coalis/io/questions/study_file.hpp"
#include "coalis/questions/study/design.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace coalis;
  const std::string text(fuzz::text_of(data, size));
  const auto path = fuzz::folder() / "study.toml";
  const StudyFile file = parse_study(text, path);
  fuzz::demand_diagnostics(file.diagnostics, file.ok());
  if (!file.ok()) return 0;
  const Study& study = file.study;
  fuzz::demand(study.scenarios.size() == study.files.size() && !study.scenarios.empty(), "scenarios without files");
  if (file.replicates_line > 0) {
    const StudyFile more = parse_study(with_number(text, file.replicates_line, "replicates", 7), path);
    fuzz::demand(more.ok() && more.study.replicates == 7, "another number of replicates cannot be written into the study");
  }
  const double points = design_size(study.design);
  fuzz::demand(points >= 1, "a design without a point");
  if (points > 2000) return 0;
  const auto design = make_design(study.design);
  fuzz::demand(static_cast<double>(design.size()) == points, "a design of another size than said");
  for (const DesignPoint& point : design)
    fuzz::demand(point.size() == study.design.factors.size(), "a point without a value for each factor");
  for (std::size_t f = 0; f < study.design.factors.size(); ++f) overrides_of(study.design.factors[f], design.front()[f], 0);
  return 0;
}
