// oneTBB is not instrumented, so the thread sanitizer does not see the order that it keeps between tasks. Said here: what was
// done before release(place) is seen by whoever calls acquire(place) after it. Nothing in ordinary builds.
#pragma once

#if defined(__SANITIZE_THREAD__)
#define COALIS_THREAD_SANITIZER
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define COALIS_THREAD_SANITIZER
#endif
#endif

#ifdef COALIS_THREAD_SANITIZER
extern "C" void __tsan_acquire(void* place);
extern "C" void __tsan_release(void* place);
#endif

namespace coalis::thread_order {

inline void acquire([[maybe_unused]] const void* place) {
#ifdef COALIS_THREAD_SANITIZER
  __tsan_acquire(const_cast<void*>(place));
#endif
}

inline void release([[maybe_unused]] const void* place) {
#ifdef COALIS_THREAD_SANITIZER
  __tsan_release(const_cast<void*>(place));
#endif
}

}  // namespace coalis::thread_order
