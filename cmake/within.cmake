# Libraries within the program. Loading HDF5 and OpenSSL as shared libraries brings in thirty others, for networks and certificates, and took
# more than half of the time of a short command (docs/performance.md, Start). Where the system has them as archives, a program with the property
# COALIS_WITHIN has them within; tests, the module and what is built against the library take the shared ones.
cmake_path(GET OPENSSL_CRYPTO_LIBRARY PARENT_PATH system_libraries)
set(static_libraries)
foreach(name hdf5_hl hdf5 crypto sz aec z)
  find_library(COALIS_STATIC_${name} NAMES lib${name}.a HINTS ${system_libraries} PATH_SUFFIXES hdf5/serial)
  mark_as_advanced(COALIS_STATIC_${name})
  list(APPEND static_libraries ${COALIS_STATIC_${name}})
endforeach()
if(static_libraries MATCHES "NOTFOUND")
  set(static_libraries)
endif()

set(within $<BOOL:$<TARGET_PROPERTY:COALIS_WITHIN>>)
function(coalis_either name)
  add_library(${name} INTERFACE)
  target_link_libraries(${name} INTERFACE "$<$<NOT:${within}>:${ARGN}>" "$<${within}:${static_libraries}>")
endfunction()
coalis_either(coalis_hdf5 ${HDF5_HL_LIBRARIES} ${HDF5_C_LIBRARIES})
coalis_either(coalis_crypto OpenSSL::Crypto)
