// The groups over (point, replicate) of a merged result, filled point by point.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "coalis/io/store/run_store.hpp"
#include "coalis/questions/study/study.hpp"
#include "hdf5.hpp"

namespace coalis::io {

// A group with the dimensions point and replicate.
class StudyGroup {
 public:
  StudyGroup(hid_t parent, const std::string& name, const std::string& title, std::size_t points, std::uint32_t replicates)
      : group_(h5::create_group(parent, name)),
        point_(h5::Dimension::growing_with_coordinates(group_, {"point", "1", "number of the design point"}, points)),
        replicate_(h5::Dimension::numbered(group_, {"replicate", "1", "number of the replicate"}, replicates)),
        points_(point_) {
    h5::write_attribute(group_, "title", title);
    for (std::uint32_t point = 0; point < points; ++point) points_.append(point);
    points_.flush();
  }
  virtual ~StudyGroup() = default;
  virtual void append(const StoredRun* run) = 0;  // null: the run failed
  virtual void finish() = 0;

 protected:
  std::vector<const h5::Dimension*> dimensions(std::vector<const h5::Dimension*> inner = {}) const {
    inner.insert(inner.begin(), {&point_, &replicate_});
    return inner;
  }
  h5::Handle group_;

 private:
  h5::Dimension point_, replicate_;
  h5::Rows<std::uint32_t> points_;
};

// Those that the study keeps, in the order of the file.
std::vector<std::unique_ptr<StudyGroup>> make_groups(hid_t file, const Study& study, const std::vector<StudyPoint>& points);

}  // namespace coalis::io
