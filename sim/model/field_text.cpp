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

// Rows of what is no single value.
struct RowByHand {
  std::string_view table, key, type, unit;
  const Bounds* bounds;
  std::string_view source, meaning;
  bool required;
};
constexpr std::string_view no_unit;
constexpr RowByHand members_row{"organisations",
                                "members",
                                "table by sector",
                                "organisation",
                                &members_bounds,
                                "E",
                                "Members by sector: nonprofit, public, for_profit; a sector left out has 0.",
                                true};
constexpr RowByHand roster_rows[] = {
    {"organisations", "file", "path", no_unit, nullptr, "E",
     "Roster: a table (CSV) of all members by name, instead of `members`; what it leaves empty is drawn.", false},
    {"organisations", "rows", "list of texts", no_unit, nullptr, "E",
     "The rows of the roster, the first with its columns, instead of a file.", false},
    {"organisations", "ties", "path", no_unit, nullptr, "E",
     "Ties at the start: a table (CSV) of pairs of the roster's organisations.", false},
    {"organisations", "tie_rows", "list of texts", no_unit, nullptr, "E", "The rows of that table, instead of a file.", false}};
constexpr RowByHand travel_row{"travel",
                               "hours",
                               "list of lists",
                               "h",
                               &travel_bounds,
                               "A",
                               "Hours one way between the regions' seats, in the order of the regions; symmetric.",
                               true};
constexpr RowByHand share_row{"roles",
                              "share",
                              "table by sector",
                              "1",
                              &share_bounds,
                              "A",
                              "Share of each sector; a sector's shares add up to 1 over the roles; a sector left out has 0.",
                              true};
constexpr RowByHand value_row{"interventions", "value", "as the key that changes", no_unit, nullptr, "A", "Its new value.", true};

// Each row with its table's name, in the order in which they are printed.
template <class Each>
void each_row(const Each& each) {
  const auto rows_of = [&]<class T>(std::span<const Field<T>> rows, std::string_view table) {
    for (const Field<T>& row : rows) each(row, table);
  };
  rows_of(fields<Scenario>(), "");
  rows_of(fields<Calendar>(), "calendar");
  each(members_row, members_row.table);
  rows_of(fields<Organisations>(), "organisations");
  for (const RowByHand& row : roster_rows) each(row, row.table);
  rows_of(fields<Region>(), "regions");
  each(travel_row, travel_row.table);
  rows_of(fields<Role>(), "roles");
  each(share_row, share_row.table);
  rows_of(fields<Hub>(), "hubs");
  rows_of(fields<Kind>(), "kinds");
  rows_of(fields<Series>(), "series");
  rows_of(fields<Levers>(), "levers");
  rows_of(fields<Environment>(), "environment");
  rows_of(fields<Structure>(), "structure");
  rows_of(fields<Parameters>(), "parameters");
  rows_of(fields<Costs>(), "costs");
  rows_of(fields<SurveyPlan>(), "survey");
  rows_of(fields<Intervention>(), "interventions");
  each(value_row, value_row.table);
}

template <class T>
FieldText text_of(const Field<T>& row, std::string_view table) {
  return {std::string(table),     std::string(row.name),        type_text(row),          std::string(row.unit),
          range_text(row.bounds), std::string(row.initial),     source_text(row.source), std::string(row.meaning),
          row.required,           supported_text(row.supported)};
}
FieldText text_of(const RowByHand& row, std::string_view table) {
  return {std::string(table),
          std::string(row.key),
          std::string(row.type),
          std::string(row.unit),
          row.bounds ? range_text(*row.bounds) : "",
          "",
          std::string(row.source),
          std::string(row.meaning),
          row.required};
}

template <class T>
std::string_view name_of(const Field<T>& row) {
  return row.name;
}
std::string_view name_of(const RowByHand& row) { return row.key; }

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
  each_row([&](const auto& row, std::string_view table) { texts.push_back(text_of(row, table)); });
  return texts;
}

std::vector<FieldMeaning> field_meanings() {
  std::vector<FieldMeaning> list;
  each_row([&](const auto& row, std::string_view table) { list.push_back({table, name_of(row), row.meaning}); });
  return list;
}

}  // namespace coalis
