// What the deciders' part of the page on telling models apart says: sentences of at most 25 words.
#pragma once

#include <string>
#include <vector>

#include "coalis/questions/telling_apart/telling_apart.hpp"

namespace coalis {

// "commitment is fixed"; with the file of its parameters where two models have one rule.
std::string model_named(const TellingApartAnswer& answer, std::size_t candidate);
// How often the right model is named, in 100: "88".
std::string right_in_100(double error);
// Half the width of the 95 % interval of a share.
double half_interval(double standard_error);
// What is watched, without at whom and for how long: "New attendance lists under "monthly meetings"", "A second survey".
std::string kind_of_evidence(const TellingApartAnswer& answer, const PossibleObservation& observation);
// With at whom and for how long: "attendance lists of 50 organisations over 24 months".
std::string evidence_watched(const TellingApartAnswer& answer, const TellingApartAnswer::Row& row);
// What tells the models apart with the least effort, and how often.
std::string short_telling_apart_answer(const TellingApartAnswer& answer);
std::vector<std::string> telling_apart_how_sure(const TellingApartAnswer& answer);
// What it takes, and what to do until then.
std::vector<std::string> telling_apart_costs(const TellingApartAnswer& answer);
// The models, a sentence each.
std::vector<std::string> models_told_apart(const TellingApartAnswer& answer);

}  // namespace coalis
