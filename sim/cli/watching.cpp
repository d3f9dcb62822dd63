#include "watching.hpp"

#include "print.hpp"

namespace coalis::cli {

Watch watching(const Interruption& interruption, ProgressLine& progress) {
  Watch watch = notices_alone();
  watch.cancel = &interruption.requested();
  watch.progress = [&progress](std::size_t done, std::size_t of) { progress.show(done, of); };
  return watch;
}

Watch notices_alone() {
  return {nullptr, nullptr, [](const std::string& sentence) { print_message("{}\n", sentence); }};
}

}  // namespace coalis::cli
