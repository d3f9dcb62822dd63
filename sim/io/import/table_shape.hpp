// What a table is, by its shape.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "source_table.hpp"

namespace coalis::io {

enum class Shape {
  roster,
  attendance_matrix,  // members by dates
  attendance_list,    // organisation, date
  sign_in,            // one meeting
  video_report,       // one meeting
  calendar,
  survey,
  ties,  // edge list: who works with whom
  tie_matrix,
  unknown
};
std::string_view shape_name(Shape shape);  // "roster", "attendance matrix"
std::optional<Shape> shape_named(std::string_view name);

// `sure` is false where another reading is as good: a list of names without a date may be a roster or a sign-in sheet.
struct Recognised {
  Shape shape = Shape::unknown;
  bool sure = true;
  Shape other = Shape::unknown;  // what it may be if that is not sure
};
Recognised recognised(const SourceTable& table);

// The date that stands above the table or in the file's name, as text; "" without.
std::string date_beside(const SourceTable& table);
// In the file's name, or a sheet's, alone.
std::string date_in_name(const SourceTable& table);

}  // namespace coalis::io
