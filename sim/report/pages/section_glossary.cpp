// Words that the page uses. The headline outcome is defined once, beside the answer.
#include <array>
#include <utility>

#include "coalis/report/words/outcome_words.hpp"
#include "comparison_sections.hpp"

namespace coalis::report {
namespace {

constexpr std::array<std::pair<const char*, const char*>, 7> words{
    {{"Paired runs", "Runs of two options with the same chance, compared one by one."},
     {"8 in 10 runs", "The range without the lowest and the highest tenth of the runs."},
     {"Likelihood words",
      "The IPCC's: virtually certain 99-100 %, very likely 90-100 %, likely 66-100 %, more likely than not 50-100 %, about as "
      "likely as not "
      "33-66 %, and so on downwards. The word holds for the whole 95 % interval of the share of runs, given in brackets."},
     {"Ever-members", "Organisations that were members at some time."},
     {"Points of 100", "An index from 0 to 100. It orders; it is no share."},
     {"Full-time equivalent", "A measure of paid work: 1 is one full post."},
     {"Structure", "Which rules of engagement, decision and influence the model uses."}}};

}  // namespace

std::string glossary(const ComparisonPage& page) {
  std::string list =
      html::element("dt", "Run") +
      html::element("dd", std::string("One history of the coalition in the model. Two runs differ by chance") +
                              (page.included.parameter_sets > 1 ? " and may differ in their parameters." : " alone."));
  for (const auto& [word, meaning] : words)
    list += html::element("dt", html::escaped(word)) + html::element("dd", html::escaped(meaning));
  list += html::element("dt", html::escaped(words_of(page.headline).title)) +
          html::element("dd", "<a href=\"#decision\">Said beside the answer.</a>");
  return html::element("dl", list);
}

}  // namespace coalis::report
