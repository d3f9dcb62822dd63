// Colours and line styles of charts, in one place. Hues are Okabe and Ito's (2008), which colour-blind readers can tell apart;
// each style also has its own dash and mark, so that nothing rests on colour. Text has a contrast of at least 4.5 : 1, lines of 3
// : 1.
#pragma once

#include <array>
#include <string_view>

namespace coalis::chart {

namespace colour {
inline constexpr std::string_view paper = "#ffffff", ink = "#1a1a1a", quiet = "#555555", frame = "#767676", grid = "#e2e2e2";
// Bands of 95, 80 and 50 % of the runs, dark towards the middle, in greyscale too.
inline constexpr std::string_view nearly_all = "#e3e6ea", most = "#c3c9d1", half = "#939dab";
inline constexpr std::string_view outside = "#efefef", hatch = "#8a8a8a";
}  // namespace colour

enum class Shape { circle, square, triangle, diamond, cross, bar };

struct Style {
  std::string_view line, text,
      tint;               // of lines and marks, of text (darker where lines are too light for it), of areas behind text
  std::string_view dash;  // stroke-dasharray; empty: solid
  Shape mark;
};

inline constexpr std::array<Style, 6> styles{{
    {"#0072B2", "#005a8e", "#cfe4f2", "", Shape::circle},
    {"#D55E00", "#9c4300", "#fbdcc4", "7 4", Shape::square},
    {"#00805c", "#00664a", "#cdebe0", "2 3", Shape::triangle},
    {"#9b4f83", "#7d3a68", "#ecd9e6", "9 3 2 3", Shape::diamond},
    {"#4d4d4d", "#3d3d3d", "#dcdcdc", "12 4", Shape::cross},
    {"#6b5b00", "#564900", "#e9e3c4", "1 3 6 3", Shape::bar},
}};

// By letter, A the first; after the sixth they begin again, and what is no capital letter has the first.
constexpr const Style& style_of(std::string_view letter) {
  const bool capital = !letter.empty() && letter.front() >= 'A' && letter.front() <= 'Z';
  return styles[capital ? static_cast<std::size_t>(letter.front() - 'A') % styles.size() : 0];
}

}  // namespace coalis::chart
