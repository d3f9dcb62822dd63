// What verifying does with each kind of file.
#pragma once

#include "coalis/tasks/verify.hpp"

namespace coalis {

// Throws FileError if a file was made with another model version.
void require_same_model(const std::string& file, const std::string& model, const std::string& program, const std::string& commit);

Verified verify_comparison(const CheckedPath& checked, std::size_t sample, int threads, const Watch& watch);
// Points are built again from what the file holds; the recorded key of a point says whether that was possible.
Verified verify_study(const CheckedPath& checked, std::size_t sample, int threads, const Watch& watch);

}  // namespace coalis
