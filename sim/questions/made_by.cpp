#include "coalis/questions/made_by.hpp"

#include "coalis/core/build_info.hpp"
#include "coalis/model/version.hpp"

namespace coalis {

MadeBy this_program() { return {build_info().version, build_info().commit, std::string(model_version)}; }

}  // namespace coalis
