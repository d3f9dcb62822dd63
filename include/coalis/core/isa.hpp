// One source, several instruction sets.
// The sources of the engine are compiled once per instruction set; COALIS_ISA names the inline
// namespace that keeps the copies apart, so that the linker can never mix them.
#pragma once

#ifndef COALIS_ISA
#define COALIS_ISA portable
#endif

// Says that the iterations of the loop that follows are independent (arrays do not alias). For g++ it also keeps short loops over
// lanes whole, because loops unrolled before vectorisation stay scalar.
#if defined(__clang__)
#define COALIS_LANES _Pragma("clang loop vectorize(assume_safety)")
#elif defined(__GNUC__)
#define COALIS_LANES _Pragma("GCC ivdep") _Pragma("GCC unroll 1")
#else
#define COALIS_LANES
#endif
