// What lies in the folder of a store (docs/formats/runs.md), without opening it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace coalis {

// The study whose runs it keeps, as its manifest says; nothing if it has none.
std::optional<std::string> study_kept_in(const std::filesystem::path& folder);
bool has_shards(const std::filesystem::path& folder);

// Removes what a store has written (shards, also damaged ones, manifest, claims) and the file `also`; the folder stays if
// anything else is in it. Throws StoreError.
void remove_store(const std::filesystem::path& folder, std::string_view also);

}  // namespace coalis
