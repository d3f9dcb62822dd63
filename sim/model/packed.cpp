// Values stand one after the other as walk() comes to them: numbers with the least byte first, texts and lists behind their
// length. Which they are is said by the field rows.
#include "coalis/model/packed.hpp"

#include <bit>
#include <cstdint>
#include <type_traits>
#include <variant>
#include <vector>

#include "coalis/model/fields.hpp"
#include "coalis/model/version.hpp"

namespace coalis {
namespace {

using Value = decltype(Intervention::value);

class Packer {
 public:
  void operator()(double x) { number(std::bit_cast<std::uint64_t>(x)); }
  void operator()(int x) { number(static_cast<std::uint32_t>(x)); }
  void operator()(std::uint32_t x) { number(x); }
  void operator()(bool x) { number(static_cast<std::uint8_t>(x)); }
  void operator()(Target target) { (*this)(static_cast<int>(target)); }
  void operator()(std::string_view text) {
    number(static_cast<std::uint32_t>(text.size()));
    bytes_ += text;
  }
  template <class T>
  void operator()(const std::vector<T>& items) {
    list(items, [&](T item) { (*this)(item); });
  }
  void operator()(const Value& value) {
    number(static_cast<std::uint8_t>(value.index()));
    std::visit([&](const auto& typed) { (*this)(typed); }, value);
  }
  template <class T, class Each>
  void list(const std::vector<T>& items, Each each) {
    number(static_cast<std::uint32_t>(items.size()));
    for (const T& item : items) each(item);
  }

  // Whether something more is there.
  static bool goes_on(bool more) { return more; }

  std::string take() { return std::move(bytes_); }

 private:
  template <class T>
  void number(T bits) {
    for (std::size_t byte = 0; byte < sizeof(T); ++byte) bytes_ += static_cast<char>(bits >> 8 * byte & 0xff);
  }

  std::string bytes_;
};

// Once something is missing or cannot be, nothing more is read.
class Unpacker {
 public:
  explicit Unpacker(std::string_view bytes) : bytes_(bytes) {}

  void operator()(double& x) { x = std::bit_cast<double>(number<std::uint64_t>()); }
  void operator()(int& x) { x = static_cast<int>(number<std::uint32_t>()); }
  void operator()(std::uint32_t& x) { x = number<std::uint32_t>(); }
  void operator()(bool& x) { x = number<std::uint8_t>() != 0; }
  void operator()(Target& target) {
    const auto read = number<std::uint32_t>();
    if (read > static_cast<std::uint32_t>(Target::role)) return fail();
    target = static_cast<Target>(read);
  }
  void operator()(std::string& text) {
    const std::size_t size = length();
    text = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
  }
  template <class T>
  void operator()(std::vector<T>& items) {
    list(items, [&](T& item) { (*this)(item); });
  }
  void operator()(Value& value) {
    switch (number<std::uint8_t>()) {
      case 0: return (*this)(value.emplace<double>());
      case 1: return (*this)(value.emplace<int>());
      case 2: return (*this)(value.emplace<bool>());
      case 3: return (*this)(value.emplace<std::vector<int>>());
      default: return fail();
    }
  }
  template <class T, class Each>
  void list(std::vector<T>& items, Each each) {
    items.resize(length());
    for (T& item : items) each(item);
  }

  bool goes_on(bool) const { return right_ && !bytes_.empty(); }

  bool whole() const { return right_ && bytes_.empty(); }

 private:
  void fail() { right_ = false, bytes_ = {}; }
  template <class T>
  T number() {
    T bits = 0;
    if (bytes_.size() < sizeof(T)) return fail(), bits;
    for (std::size_t byte = 0; byte < sizeof(T); ++byte)
      bits = static_cast<T>(bits | T{static_cast<unsigned char>(bytes_[byte])} << 8 * byte);
    bytes_.remove_prefix(sizeof(T));
    return bits;
  }
  // Of what takes at least a byte each.
  std::size_t length() {
    const std::size_t size = number<std::uint32_t>();
    if (size <= bytes_.size()) return size;
    fail();
    return 0;
  }

  std::string_view bytes_;
  bool right_ = true;
};

template <class Pass, class T>
void rows(Pass& pass, T& table) {
  for (const auto& row : fields<std::remove_const_t<T>>()) std::visit([&](auto member) { pass(table.*member); }, row.member);
}

// At the end, and only if there is one: other scenarios keep their bytes.
template <class Pass, class AnyOrganisations>
void roster(Pass& pass, AnyOrganisations& organisations) {
  if (!pass.goes_on(!organisations.roster.empty())) return;
  pass.list(organisations.roster, [&](auto& member) {
    pass(member.name);
    pass(member.key);
    for (auto* known : {&member.sector, &member.role, &member.region, &member.joined, &member.left}) pass(*known);
  });
  pass.list(organisations.ties, [&](auto& tie) {
    pass(tie.a);
    pass(tie.b);
    pass(tie.strength);
  });
}

// Gives all values of a scenario to a pass, which takes them away or sets them.
template <class Pass, class AnyScenario>
void walk(Pass& pass, AnyScenario& scenario) {
  const auto each_row = [&](auto& item) { rows(pass, item); };
  rows(pass, scenario);
  rows(pass, scenario.calendar);
  rows(pass, scenario.organisations);
  for (auto& members : scenario.organisations.members) pass(members);
  pass.list(scenario.regions, each_row);
  pass(scenario.travel);
  pass.list(scenario.roles, [&](auto& role) {
    rows(pass, role);
    for (auto& share : role.share) pass(share);
  });
  pass.list(scenario.hubs, each_row);
  pass.list(scenario.kinds, [&](auto& kind) {
    pass(kind.name);
    rows(pass, kind);
  });
  pass.list(scenario.series, each_row);
  rows(pass, scenario.levers);
  rows(pass, scenario.environment);
  rows(pass, scenario.structure);
  rows(pass, scenario.parameters);
  rows(pass, scenario.costs);
  rows(pass, scenario.survey);
  pass.list(scenario.interventions, [&](auto& intervention) {
    rows(pass, intervention);
    pass(intervention.target);
    pass(intervention.element);
    pass(intervention.field);
    pass(intervention.value);
  });
  roster(pass, scenario.organisations);
}

}  // namespace

std::string packed(const Scenario& scenario) {
  Packer pass;
  pass(model_version);
  walk(pass, scenario);
  return pass.take();
}

std::optional<Scenario> unpacked(std::string_view bytes) {
  Unpacker pass(bytes);
  std::string version;
  pass(version);
  if (version != model_version) return std::nullopt;
  std::optional<Scenario> scenario(std::in_place);
  walk(pass, *scenario);
  if (!pass.whole()) scenario.reset();
  return scenario;
}

}  // namespace coalis
