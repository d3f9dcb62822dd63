// Throwing on a machine without exceptions (wasm32: Debian's libc++abi has none there, and nothing is ever caught): the program
// ends, and says what was thrown.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <typeinfo>

namespace {

// The type of a class with one public base, as the ABI of C++ lays it out; its first word points into `kind_of_one_base`.
struct OneBase {
  const void* const* kind;
  const char* name;
  const std::type_info* base;
};

}  // namespace

extern "C" {

extern const void* const kind_of_one_base[] __asm__("_ZTVN10__cxxabiv120__si_class_type_infoE");

void* __cxa_allocate_exception(std::size_t size) noexcept { return std::malloc(size); }
void __cxa_free_exception(void* thrown) noexcept { std::free(thrown); }

[[noreturn]] void __cxa_throw(void* thrown, const std::type_info* type, void (*)(void*)) {
  const char* message = type->name();
  for (const std::type_info* base = type; base != nullptr;) {
    if (*base == typeid(std::exception)) {
      message = static_cast<const std::exception*>(thrown)->what();
      break;
    }
    const auto* one = reinterpret_cast<const OneBase*>(base);
    base = one->kind == kind_of_one_base + 2 ? one->base : nullptr;
  }
  std::fprintf(stderr, "thrown: %s\n", message);
  std::_Exit(70);
}

}  // extern "C"
