#include "scenario_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "coalis/model/version.hpp"
#include "io/scenario/value_text.hpp"

namespace coalis::page {
namespace {

using io::toml_string;

class Writer {
 public:
  Writer(const Scenario& base, const Scenario& changed) : base_(base), changed_(changed) {}

  std::string all(const std::string& file) {
    table("levers", base_.levers, changed_.levers);
    table("structure", base_.structure, changed_.structure);
    list("hubs", base_.hubs, changed_.hubs);
    list("series", base_.series, changed_.series);
    interventions();
    std::string head = fmt::format(
        "# Made by the policy explorer of Coalis, model version {}: {} with what was changed. Keep it beside that file.\n"
        "format = \"scenario\"\nversion = 2\ninclude = {}\n",
        model_version, file, toml_string(file));
    if (!replaced_.empty()) head += fmt::format("replace = {}\n", io::toml_list(replaced_));
    return head + fmt::format("name = {}\n", toml_string(changed_.name)) + text_;
  }

 private:
  // Rows of an item that are not as in another, all of them without one.
  template <class T>
  std::string rows(const T* before, const T& item) {
    std::string text;
    for (const Field<T>& row : fields<T>()) {
      const std::string value = io::value_text(changed_, row, item);
      if (row.name == "name" || value.empty() || (before && value == io::value_text(base_, row, *before))) continue;
      if (!before && row.name == "until" && value == end_) continue;  // left out: the end of the calendar
      text += fmt::format("{} = {}\n", row.name, value);
    }
    return text;
  }
  template <class T>
  void table(const std::string& name, const T& before, const T& item) {
    if (const std::string text = rows(&before, item); !text.empty()) text_ += fmt::format("\n[{}]\n{}", name, text);
  }
  template <class T>
  void list(const std::string& name, const std::vector<T>& before, const std::vector<T>& items) {
    const bool goes_on = before.size() <= items.size() && std::equal(before.begin(), before.end(), items.begin(),
                                                                     [](const T& a, const T& b) { return a.name == b.name; });
    if (!goes_on) replaced_.push_back(toml_string(name));
    for (std::size_t i = 0; i < items.size(); ++i) {
      const T* old = goes_on && i < before.size() ? &before[i] : nullptr;
      const std::string text = rows(old, items[i]);
      if (!text.empty()) text_ += fmt::format("\n[[{}]]\nname = {}\n{}", name, toml_string(items[i].name), text);
    }
  }
  void interventions() {
    const auto &before = base_.interventions, &now = changed_.interventions;
    const bool goes_on = before.size() <= now.size() && std::equal(before.begin(), before.end(), now.begin());
    if (!goes_on) replaced_.push_back(toml_string("interventions"));
    for (std::size_t i = goes_on ? before.size() : 0; i < now.size(); ++i) {
      const Intervention& one = now[i];
      text_ += fmt::format("\n[[interventions]]\nset = {}\nvalue = {}\nfrom = {}\n", toml_string(one.set),
                           io::new_value_text(changed_, one), io::month_text(changed_.calendar, one.from));
      if (one.until < changed_.calendar.months)
        text_ += fmt::format("until = {}\n", io::month_text(changed_.calendar, one.until));
      if (one.ramp > 1) text_ += fmt::format("ramp = {}\n", one.ramp);
    }
  }

  const Scenario &base_, &changed_;
  const std::string end_ = io::month_text(changed_.calendar, changed_.calendar.months);
  std::vector<std::string> replaced_;
  std::string text_;
};

}  // namespace

std::string changed_file(const Scenario& base, const std::string& file, const Scenario& changed) {
  return Writer(base, changed).all(file);
}

}  // namespace coalis::page
