// The paired difference in each region as tiles in the order given. No map: neither size nor place of a tile means anything.
#include <algorithm>
#include <array>
#include <cmath>

#include "chart_difference.hpp"

namespace coalis::chart {
namespace {

constexpr std::size_t tile_columns = 3;
constexpr double tile_gap = 6, tile_height = 92, value_size = 19;

enum class Verdict { other, reference, other_or_equal, reference_or_equal, equal, unclear, none };

// By the range as it is printed, so that no reader sees a 0 in it that the verdict does not. Runs disagree only where they lie on
// both sides of 0; on it, they are equal.
Verdict verdict(const RegionTiles& data, const RegionTiles::Region& region) {
  const auto side_of = [&](double value) {
    const std::string printed = signed_number(value * data.quantity.factor, data.quantity.decimals);
    return printed.starts_with('+') ? 1 : printed.starts_with("\u2212") ? -1 : 0;
  };
  if (!std::isfinite(region.median)) return Verdict::none;
  const int low = side_of(region.most.low), high = side_of(region.most.high);
  if (low < 0 && high > 0) return Verdict::unclear;
  if (low == 0 && high == 0) return Verdict::equal;
  if (high > 0) return low > 0 ? Verdict::other : Verdict::other_or_equal;
  return high < 0 ? Verdict::reference : Verdict::reference_or_equal;
}

bool says_other(Verdict v) { return v == Verdict::other || v == Verdict::other_or_equal; }
bool says_reference(Verdict v) { return v == Verdict::reference || v == Verdict::reference_or_equal; }

void background(Drawing& drawing, const RegionTiles& data, Verdict v, double x, double y, double width, double height) {
  switch (v) {
    case Verdict::other:
      drawing.box(x, y, width, height, style_of(data.other.letter).tint, style_of(data.other.letter).line, 2);
      break;
    case Verdict::reference:
      drawing.box(x, y, width, height, style_of(data.reference.letter).tint, style_of(data.reference.letter).line, 2);
      break;
    case Verdict::other_or_equal: drawing.box(x, y, width, height, style_of(data.other.letter).tint, colour::frame); break;
    case Verdict::reference_or_equal:
      drawing.box(x, y, width, height, style_of(data.reference.letter).tint, colour::frame);
      break;
    case Verdict::unclear: drawing.hatched(x, y, width, height, colour::frame); break;
    case Verdict::equal:
    case Verdict::none: drawing.box(x, y, width, height, colour::paper, colour::frame); break;
  }
}

std::string words(const RegionTiles& data, Verdict v) {
  switch (v) {
    case Verdict::other: return short_name(data.other) + " " + data.quantity.more;
    case Verdict::reference: return short_name(data.reference) + " " + data.quantity.more;
    case Verdict::other_or_equal: return short_name(data.other) + " more or equal";
    case Verdict::reference_or_equal: return short_name(data.reference) + " more or equal";
    case Verdict::equal: return "equal";
    case Verdict::unclear: return "runs disagree";
    case Verdict::none: return "no value";
  }
  return {};
}

// Up for more in `other`, down for more in `reference`.
void arrow(Drawing& drawing, const RegionTiles& data, Verdict v, double x, double y) {
  if (!says_other(v) && !says_reference(v)) return;
  const bool up = says_other(v);
  const std::array<Point, 3> corners{{{x - 6, up ? y + 4 : y - 5}, {x + 6, up ? y + 4 : y - 5}, {x, up ? y - 6 : y + 5}}};
  drawing.polygon(corners, style_of(up ? data.other.letter : data.reference.letter).text);
}

// A centred line; on hatching it has a white plate of its own.
void centred(Drawing& drawing, Verdict v, Point at, std::string_view words, double room, Type type) {
  const std::string line = shorten(words, room, type.size, type.bold);
  const double width = text_width(line, type.size, type.bold);
  if (v == Verdict::unclear) drawing.box(at.x - width / 2 - 2, at.y - type.size * 0.9, width + 4, type.size * 1.2, colour::paper);
  type.anchor = "middle";
  drawing.text(at, line, type, words);
}

// Where no run differs, none disagrees.
std::string region_words(const RegionTiles& data, const RegionTiles::Region& region) {
  const bool same = region.median == 0 && region.most.low == 0 && region.most.high == 0;
  return same ? "no difference" : words(data, verdict(data, region));
}

void tile(Drawing& drawing, const RegionTiles& data, const RegionTiles::Region& region, double x, double y, double width) {
  const Verdict v = verdict(data, region);
  const int decimals = data.quantity.decimals;
  background(drawing, data, v, x + 1, y + 1, width - 2, tile_height - 2);
  const double middle = x + width / 2, room = width - 10;
  centred(drawing, v, {middle, y + 20}, region.name, room, {.bold = true});
  if (v != Verdict::none) {
    const std::string value = signed_number(region.median * data.quantity.factor, decimals);
    const double size = text_width(value, value_size, true) < room - 40 ? value_size : small_size;
    centred(drawing, v, {middle, y + 43}, value, room, {.size = size, .bold = true});
    arrow(drawing, data, v, middle - text_width(value, size, true) / 2 - 13, y + 37);
    const std::string range = range_text(times(region.most, data.quantity.factor), decimals, true);
    if (text_width(range, small_size) <= room) centred(drawing, v, {middle, y + 62}, range, room, {});  // a number is never cut
  }
  const std::string verdict_words = region_words(data, region);
  const bool fits = text_width(verdict_words, small_size) <= room;
  centred(drawing, v, {middle, y + 80},
          fits ? verdict_words : "more in " + short_name(says_other(v) ? data.other : data.reference), room, {});
}

std::string describe(const RegionTiles& data) {
  std::string out =
      difference_title(data.reference, data.other, data.quantity) + ", by region, median and where 8 in 10 runs lie.";
  for (const RegionTiles::Region& region : data.regions) {
    const double f = data.quantity.factor;
    out += " " + region.name + ": ";
    if (verdict(data, region) != Verdict::none) {
      out += signed_number(region.median * f, data.quantity.decimals) + " (" +
             range_text(times(region.most, f), data.quantity.decimals, true) + "), ";
    }
    out += region_words(data, region) + ".";
  }
  return out;
}

}  // namespace

std::string svg(const RegionTiles& data) {
  Drawing drawing(data.caption);
  const double title = drawing.heading(difference_title(data.reference, data.other, data.quantity));
  const double width = (page_width - 2 * margin - tile_gap * (tile_columns - 1)) / tile_columns;
  for (std::size_t i = 0; i < data.regions.size(); ++i) {
    const auto column = static_cast<double>(i % tile_columns),
               row = std::floor(static_cast<double>(i) / static_cast<double>(tile_columns));
    tile(drawing, data, data.regions[i], margin + column * (width + tile_gap), title + row * (tile_height + tile_gap), width);
  }
  const auto rows = std::ceil(static_cast<double>(data.regions.size()) / static_cast<double>(tile_columns));
  std::vector<std::string> notes{std::string(no_values)};
  if (!data.regions.empty()) {
    notes = {
        "Large: median; below it: 8 in 10 runs, of which the words speak. Hatched: runs disagree on which has more, which is not "
        "the same as no difference.",
        "Place and size of a tile mean nothing. Regions of few organisations vary most."};
  }
  return drawing.finish(title + rows * (tile_height + tile_gap), notes, describe(data));
}

}  // namespace coalis::chart
