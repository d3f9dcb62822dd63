// Defaults, ranges and names of the field rows, and the rows as text.
#include <array>
#include <charconv>
#include <cmath>
#include <stdexcept>
#include <type_traits>

#include "coalis/core/number_text.hpp"
#include "coalis/model/fields.hpp"

namespace coalis {
namespace {

constexpr std::array<std::string_view, 3> audiences{"hub", "all", "core"};
constexpr std::array<std::string_view, 2> convenors{"coordinator", "members"};
constexpr std::array<std::string_view, 3> engagements{"mixture", "trait", "reinforcement"};
constexpr std::array<std::string_view, 3> decisions{"benefit_cost", "threshold", "conditional_cooperation"};
constexpr std::array<std::string_view, 4> influences{"bounded_confidence", "degroot", "friedkin_johnsen", "repulsion"};

std::string_view unquoted(std::string_view text) {
  return text.size() >= 2 && text.front() == '"' ? text.substr(1, text.size() - 2) : text;
}

template <class Number>
void parse(std::string_view text, Number& value) {
  const auto number = decimal_number(text);
  if (!number || (std::is_integral_v<Number> && *number != std::trunc(*number)))
    throw std::logic_error("field row: bad default " + std::string(text));
  value = static_cast<Number>(*number);
}

template <class T>
void set_default(const Field<T>& row, T& table) {
  std::visit(
      [&](auto member) {
        auto& value = table.*member;
        using Value = std::remove_reference_t<decltype(value)>;
        if constexpr (std::is_same_v<Value, double>) {
          parse(row.initial, value);
        } else if constexpr (std::is_same_v<Value, int>) {
          const auto names = choices(row.refers);
          if (names.empty()) return parse(row.initial, value);
          for (value = 0; names[value] != unquoted(row.initial); ++value) continue;
        } else if constexpr (std::is_same_v<Value, bool>) {
          value = row.initial == "true";
        } else if constexpr (std::is_same_v<Value, std::string>) {
          value = unquoted(row.initial);
        } else {
          value.clear();
        }
      },
      row.member);
}

template <class T>
std::string type_text(const Field<T>& row) {
  switch (row.refers) {
    case Refers::region: return "a region";
    case Refers::regions: return "list of regions";
    case Refers::hub: return "a hub";
    case Refers::kind: return "a kind";
    case Refers::month: return "month";
    case Refers::nothing: {
      constexpr std::array<const char*, 5> names{"number", "integer", "true or false", "text", "list"};
      return names[row.member.index()];
    }
    default: break;
  }
  std::string text;
  const auto names = choices(row.refers);
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " or " : ", ";
    text.append("\"").append(names[i]).append("\"");
  }
  return text;
}

const char* source_text(Source source) { return source == Source::evidence ? "E" : source == Source::calibration ? "C" : "A"; }

template <class T>
void append(std::vector<FieldText>& texts, std::string_view table) {
  for (const auto& row : fields<T>()) {
    texts.push_back({std::string(table), std::string(row.name), type_text(row), std::string(row.unit), range_text(row.bounds),
                     std::string(row.initial), source_text(row.source), std::string(row.meaning), row.required,
                     supported_text(row.supported)});
  }
}

}  // namespace

std::span<const std::string_view> choices(Refers refers) {
  switch (refers) {
    case Refers::audience: return audiences;
    case Refers::convenor: return convenors;
    case Refers::engagement: return engagements;
    case Refers::decision: return decisions;
    case Refers::influence: return influences;
    default: return {};
  }
}

template <class T>
void set_defaults(T& table) {
  for (const auto& row : fields<T>()) {
    if (!row.initial.empty()) set_default(row, table);
  }
}
template void set_defaults(Scenario&);
template void set_defaults(Calendar&);
template void set_defaults(Organisations&);
template void set_defaults(Region&);
template void set_defaults(Role&);
template void set_defaults(Hub&);
template void set_defaults(Kind&);
template void set_defaults(Series&);
template void set_defaults(Levers&);
template void set_defaults(Environment&);
template void set_defaults(Structure&);
template void set_defaults(Parameters&);
template void set_defaults(Costs&);
template void set_defaults(SurveyPlan&);
template void set_defaults(Intervention&);

bool within(const Bounds& bounds, double value) {
  const bool above = bounds.open_min ? value > bounds.min : value >= bounds.min;
  const bool below = bounds.open_max ? value < bounds.max : value <= bounds.max;
  return above && below;
}

std::string number_text(double value) {
  char buffer[32];
  const bool whole = value == std::floor(value) && std::abs(value) < 1e15;  // 10000000 rather than 1e+07
  const auto result = whole ? std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed)
                            : std::to_chars(buffer, buffer + sizeof buffer, value);
  return std::string(buffer, result.ptr);
}

std::string range_text(const Bounds& bounds) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const bool low = bounds.min > -infinity, high = bounds.max < infinity;
  if (low && high && !bounds.open_min && !bounds.open_max) return number_text(bounds.min) + ".." + number_text(bounds.max);
  std::string text;
  if (low) text = bounds.open_min ? "above " + number_text(bounds.min) : number_text(bounds.min) + " or more";
  if (low && high) text += ", ";
  if (high) text += bounds.open_max ? "below " + number_text(bounds.max) : "at most " + number_text(bounds.max);
  return text;
}

std::string_view source_name(Source source) {
  return source == Source::evidence ? "evidence" : source == Source::calibration ? "calibrated jointly" : "assumption";
}

std::string supported_text(const Supported& supported) {
  if (supported.reason.empty()) return "";
  std::string text = range_text({supported.min, supported.max}) + " (";
  return text.append(source_name(supported.source)).append(": ").append(supported.reason).append(")");
}

std::vector<FieldText> field_texts() {
  std::vector<FieldText> texts;
  append<Scenario>(texts, "");
  append<Calendar>(texts, "calendar");
  texts.push_back({"organisations", "members", "table by sector", "organisation", range_text(members_bounds), "", "E",
                   "Members by sector: nonprofit, public, for_profit; a sector left out has 0.", true});
  append<Organisations>(texts, "organisations");
  const auto roster = [&](const char* key, const char* type, const char* meaning) {
    texts.push_back({"organisations", key, type, "", "", "", "E", meaning});
  };
  roster("file", "path", "Roster: a table (CSV) of all members by name, instead of `members`; what it leaves empty is drawn.");
  roster("rows", "list of texts", "The rows of the roster, the first with its columns, instead of a file.");
  roster("ties", "path", "Ties at the start: a table (CSV) of pairs of the roster's organisations.");
  roster("tie_rows", "list of texts", "The rows of that table, instead of a file.");
  append<Region>(texts, "regions");
  texts.push_back({"travel", "hours", "list of lists", "h", range_text(travel_bounds), "", "A",
                   "Hours one way between the regions' seats, in the order of the regions; symmetric.", true});
  append<Role>(texts, "roles");
  texts.push_back({"roles", "share", "table by sector", "1", range_text(share_bounds), "", "A",
                   "Share of each sector; a sector's shares add up to 1 over the roles; a sector left out has 0.", true});
  append<Hub>(texts, "hubs");
  append<Kind>(texts, "kinds");
  append<Series>(texts, "series");
  append<Levers>(texts, "levers");
  append<Environment>(texts, "environment");
  append<Structure>(texts, "structure");
  append<Parameters>(texts, "parameters");
  append<Costs>(texts, "costs");
  append<SurveyPlan>(texts, "survey");
  append<Intervention>(texts, "interventions");
  texts.push_back({"interventions", "value", "as the key that changes", "", "", "", "A", "Its new value.", true});
  return texts;
}

}  // namespace coalis
