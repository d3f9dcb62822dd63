// What coalis verify does with each kind of file.
#pragma once

#include <cstddef>
#include <string>

#include "coalis/io/hdf5/result_file.hpp"
#include "coalis/tasks/chosen_rows.hpp"

namespace coalis::cli {

struct VerifyOptions {
  std::string result;
  std::size_t sample = 0;
  int threads = 0;
  bool quiet = false;
};

// That a file was made with another model version is said, and false returned.
bool same_model(const VerifyOptions& options, const std::string& model, const std::string& program, const std::string& commit);

// Each returns the exit code.
int verify_comparison(const VerifyOptions& options, const CheckedPath& checked);
int verify_study(const VerifyOptions& options, const CheckedPath& checked);

}  // namespace coalis::cli
