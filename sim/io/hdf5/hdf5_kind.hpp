// What HDF5 files are, for io/text/file_kind.hpp.
#pragma once

namespace coalis {

// From now on what_is() says the format of HDF5 files. hdf5.cpp asks for it, so that it holds in every program that has HDF5.
// Returns true.
bool look_into_hdf5();

}  // namespace coalis
