// What a check of fit says in plain words: the same rule and the same range (90 %) in the terminal and on pages.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/questions/calibration/posterior.hpp"

namespace coalis {

// An item of the evidence beside surveys of the fitted model.
struct ItemFit {
  struct Category {
    std::string name;
    double observed, low, high;  // shares; where 90 % of the surveys lie
  };
  std::string id, measures;  // its name; the item of the survey (inference/survey_items.hpp)
  bool held_out = false;     // not seen by the fit
  double distance, high,
      p;  // of the evidence; above which 5 % of the model's own surveys lie from each other; posterior predictive
  std::vector<Category> categories;
};

// What the items are of: "survey", "list of who came", "survey and list of who came".
std::string evidence_named(std::span<const ItemFit> items);
// "2103 pairs of meetings", "85 members", "73 answers": what an item counts.
std::string counted_by(std::string_view measures, int count);

// "12.3", or "infinite": so far is a survey with answers from one in which nobody answered.
std::string distance_text(double distance, int decimals);
// "p = 0.599", "p < 0.001": the same in the terminal and on pages.
std::string p_text(double p);
// "0.599", "< 0.001": in a column of them.
std::string p_number(double p);
// A posterior wider than its prior, as a percentage shows it; and what that means.
bool is_wider(double contraction);
std::string_view wider_words();
// Whether evidence could be a survey of the fitted model: not farther from its surveys than 95 % of these are from each other.
bool explained(double distance, double high, double p);
// "how often members attended meetings"; the id for what has no words.
std::string asked_in_words(std::string_view measures);
// "The model does not explain how often members attended meetings: '0' was 61 %, ...": one an item outside of its range, those
// held out last. Empty if all are explained.
std::vector<std::string> not_explained(std::span<const ItemFit> items);
// How much the answers to the fitted items count: their design effects, in the same words for a posterior and for its check. ""
// if they are not known.
std::string weights_text(std::span<const ItemWeight> items);
// The numbers of it alone, where the rest has been said.
std::string weights_list(std::span<const ItemWeight> items);
// The verdict on all items that the fit has seen together.
std::string fit_verdict(double distance, double high, double p, std::span<const ItemFit> items);

}  // namespace coalis
