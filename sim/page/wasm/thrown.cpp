// Throwing on a machine without exceptions (wasm32: Debian's libc++abi has none there, and nothing is ever caught): the program
// ends, and what was thrown stays to be read.
#include <cstdlib>
#include <cstring>
#include <exception>
#include <typeinfo>

namespace {

// The type of a class with one public base, as the ABI of C++ lays it out; its first word points into `kind_of_one_base`.
struct OneBase {
  const void* const* kind;
  const char* name;
  const std::type_info* base;
};

char message[512];

}  // namespace

extern "C" {

extern const void* const kind_of_one_base[] __asm__("_ZTVN10__cxxabiv120__si_class_type_infoE");

// What was thrown, "" if nothing was.
__attribute__((export_name("thrown"))) const char* thrown() { return message; }

void* __cxa_allocate_exception(std::size_t size) noexcept { return std::malloc(size); }
void __cxa_free_exception(void* thrown) noexcept { std::free(thrown); }

[[noreturn]] void __cxa_throw(void* thrown, const std::type_info* type, void (*)(void*)) {
  std::strncpy(message, type->name(), sizeof message - 1);
  for (const std::type_info* base = type; base != nullptr;) {
    if (*base == typeid(std::exception)) {
      std::strncpy(message, static_cast<const std::exception*>(thrown)->what(), sizeof message - 1);
      break;
    }
    const auto* one = reinterpret_cast<const OneBase*>(base);
    base = one->kind == kind_of_one_base + 2 ? one->base : nullptr;
  }
  __builtin_trap();
}

}  // extern "C"
