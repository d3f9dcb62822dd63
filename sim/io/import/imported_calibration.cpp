// A calibration of an imported scenario to its own evidence: which numbers it fits, and what is assumed of them before.
#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "coalis/io/import/import_files.hpp"
#include "io/scenario/value_text.hpp"

namespace coalis {
namespace {

struct PriorText {
  std::string_view path, prior;  // as lines of TOML, without the source
};

// What attendance tells of, with the priors of the fit to Illinois.
constexpr PriorText fitted[]{{"parameters.beta_mission", "normal = [3, 1.5]\nlimits = [0, 10]"},
                             {"parameters.beta_commitment", "normal = [4, 2]\nlimits = [0, 12]"},
                             {"parameters.beta_leadership", "normal = [2, 2]\nlimits = [0, 10]"},
                             {"parameters.beta_habit", "normal = [0.6, 0.3]\nlimits = [0, 3]"},
                             {"parameters.gamma_0", "normal = [0, 1.5]"},
                             {"parameters.gamma_leadership", "normal = [2, 1.5]\nlimits = [0, 8]"},
                             {"parameters.leadership_0", "uniform = [0.3, 0.8]"}};
constexpr std::string_view base_prior = "normal = [0, 1.5]";  // how much an event of a kind appeals

// Uncertain, too, but attendance says little of them: drawn anew in every run.
constexpr PriorText drawn[]{{"parameters.members_per_fte", "lognormal = [120, 0.4]"},
                            {"parameters.contact_rate", "lognormal = [0.05, 0.6]"},
                            {"parameters.gamma_mission", "normal = [2.5, 1]\nlimits = [0, 8]"},
                            {"parameters.beta_social", "normal = [1.5, 0.7]\nlimits = [0, 6]"},
                            {"parameters.beta_cost", "normal = [1.5, 0.6]\nlimits = [0, 6]"},
                            {"parameters.info_rate", "lognormal = [0.5, 0.4]"},
                            {"parameters.rate_contact", "beta = [6, 10]"},
                            {"parameters.rate_idle", "beta = [5, 45]"},
                            {"parameters.neglect", "beta = [3, 9]"},
                            {"parameters.commitment_base", "beta = [2, 14]"},
                            {"parameters.commitment_mission", "normal = [0.6, 0.12]\nlimits = [0, 0.95]"}};

std::string parameter_text(std::string_view list, std::string_view path, std::string_view prior) {
  return fmt::format("[[{}]]\npath = \"{}\"\n{}\nsource = \"assumption\"\n", list, path, prior);
}

}  // namespace

std::string imported_calibration(const Imported& imported, const std::string& title, const std::string& scenario) {
  std::string text = fmt::format(
      "# What your own figures say about the numbers that the scenario takes from Illinois. Made by coalis import.\n"
      "#   coalis calibrate FILE            fits them: less than a minute for 100 organisations\n"
      "#   coalis calibrate FILE --check    says how well they fit\n"
      "format = \"calibration\"\nversion = 1\nname = {}\nscenario = {}\n\n"
      "[sampler]\ndraws = 500\nprior_runs = 10000\nleast_acceptance = 0.02\n\n"
      "# Fitted. What is assumed of them beforehand is what was assumed for Illinois.\n",
      io::toml_string(title), io::toml_string(scenario));
  for (const std::string_view kind : {"meeting", "training", "outreach"})
    if (std::any_of(imported.events.begin(), imported.events.end(), [&](const auto& e) { return e.seen && e.kind == kind; }))
      text += parameter_text("parameters", fmt::format("kinds.{}.base", kind), base_prior);
  for (const PriorText& one : fitted) text += parameter_text("parameters", one.path, one.prior);
  text += "\n# Not fitted but uncertain: drawn anew in every run.\n";
  for (const PriorText& one : drawn) text += parameter_text("nuisance_parameters", one.path, one.prior);
  return text;
}

}  // namespace coalis
