// The words by which names of persons, of places and of organisations are told apart, as far as that can be.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace coalis::io {

// The words of a plain text (plain_words), apart.
std::vector<std::string> words_of(std::string_view plain);

// Whether a text may be a person's name: none (a place, a department, an organisation, a number), one word of which nothing is
// known, some words that may be a name, or a name for sure: with a usual first name, an initial or a title.
enum class PersonLike { no, one_word, perhaps, surely };
PersonLike person_like(std::string_view text);

// Two or three words alone that begin with a usual first name, or "Doe, Jane".
bool is_person_alone(std::string_view text);

bool begins_like_a_person(std::string_view text);       // "Dr. ...", "Frau ..."
bool has_word_of_organisations(std::string_view text);  // "shelter", "department"
bool is_device(std::string_view text);                  // "iPhone", "Galaxy S9", "Call-in user 2"

}  // namespace coalis::io
