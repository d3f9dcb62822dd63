// See progress.hpp.
#include "progress.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "terminal.hpp"

namespace coalis::cli {

ProgressLine::ProgressLine(std::size_t total, bool wanted, std::string_view things)
    : total_(total), things_(things), shown_(wanted && shows_progress()) {}

ProgressLine::~ProgressLine() { wipe(); }

void ProgressLine::wipe() {
  if (shown_) wipe_progress();
}

void ProgressLine::show(std::size_t done) {
  const auto now = Clock::now();
  if (!shown_ || done == 0 || now - last_ < std::chrono::milliseconds(100)) return;
  last_ = now;
  const double elapsed = std::chrono::duration<double>(now - start_).count();
  const double left = elapsed * static_cast<double>(total_ - std::min(done, total_)) / static_cast<double>(done);
  show_progress(fmt::format("{} of {} {}, {} left", done, total_, things_, duration_text(left)));
}

}  // namespace coalis::cli
