// Lists of words by which texts are known.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace coalis::io {

// Words and phrases, apart by bars, compared by name_key.
class Phrases {
 public:
  explicit Phrases(std::string_view list);
  auto begin() const { return all_.begin(); }
  auto end() const { return all_.end(); }
  bool has(std::string_view words) const { return all_.contains(words); }
  bool stand_in(std::string_view words) const;  // one of them, side by side
  bool begin_in(std::string_view words) const;  // a word of the text begins with one

 private:
  std::set<std::string, std::less<>> all_;
};

}  // namespace coalis::io
