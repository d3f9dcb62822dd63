// A loop over organisations in chunks of fixed size. Serial here; the program links a version on oneTBB (ensemble/).
// Chunks do not depend on the number of threads, so neither do sums made chunk by chunk.
#pragma once

namespace coalis {

struct Range {
  int begin;
  int end;
};

inline constexpr int chunk_size = 4096;  // organisations; a multiple of `lanes`

constexpr int chunk_count(int n) { return n <= chunk_size ? 1 : (n + chunk_size - 1) / chunk_size; }

// Work on a chunk goes tile by tile, so that its working memory stays in the fastest cache however large the world is. 63 cache
// lines of single precision, so that arrays of a tile that lie side by side do not compete for the same places of the cache.
inline constexpr int tile_size = 1008;  // organisations; a multiple of `lanes`

// Calls f(Range) for the tiles of a range.
template <class F>
void for_tiles(Range range, F&& f) {
  for (int begin = range.begin; begin < range.end; begin += tile_size)
    f(Range{begin, begin + tile_size < range.end ? begin + tile_size : range.end});
}

class Loop {
 public:
  virtual ~Loop() = default;
  // Calls body(context, chunk) once for every chunk in 0..chunks-1, in any order, on any thread; returns when all are done.
  virtual void run(int chunks, void (*body)(void*, int), void* context) const = 0;
};

const Loop& serial_loop();

// Calls f(k) for k in 0..count-1, in any order, on any thread.
template <class F>
void for_each(const Loop& loop, int count, F&& f) {
  if (count == 1) return f(0);
  loop.run(
      count, [](void* pointer, int k) { (*static_cast<F*>(pointer))(k); }, &f);
}

// Calls f(Range, chunk) for the chunks of 0..n.
template <class F>
void for_chunks(const Loop& loop, int n, F&& f) {
  if (n <= chunk_size) {
    f(Range{0, n}, 0);
    return;
  }
  struct Context {
    F* f;
    int n;
  } context{&f, n};
  loop.run(
      chunk_count(n),
      [](void* pointer, int chunk) {
        auto& c = *static_cast<Context*>(pointer);
        const int begin = chunk * chunk_size;
        (*c.f)(Range{begin, begin + chunk_size < c.n ? begin + chunk_size : c.n}, chunk);
      },
      &context);
}

}  // namespace coalis
