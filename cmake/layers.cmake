# The layers, lowest first. Third-party code is linked PRIVATE, so that a wrong include does not compile.

# Reading, writing and wording take no time worth the compiler's: what is not the engine or its statistics is built with less effort.
function(coalis_built_quickly target)
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O1>)
endfunction()

function(coalis_layer name)
  cmake_parse_arguments(ARG "" "" "PUBLIC;PRIVATE" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/sim/${name}/*.cpp)
  add_library(coalis_${name} STATIC ${sources})
  target_link_libraries(coalis_${name} PUBLIC coalis_options ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE})
endfunction()

coalis_layer(core PRIVATE Boost::headers)
coalis_layer(model PUBLIC coalis_core)

# The engine: submodels, initialization and observation, once per instruction set (see core/isa.hpp).
file(GLOB_RECURSE engine_sources CONFIGURE_DEPENDS
  ${PROJECT_SOURCE_DIR}/sim/submodels/*.cpp ${PROJECT_SOURCE_DIR}/sim/initialization/*.cpp ${PROJECT_SOURCE_DIR}/sim/observation/*.cpp
  ${PROJECT_SOURCE_DIR}/sim/schedule/*.cpp)
function(coalis_engine isa)
  add_library(coalis_engine_${isa} STATIC ${engine_sources})
  target_compile_definitions(coalis_engine_${isa} PRIVATE COALIS_ISA=${isa})
  target_compile_options(coalis_engine_${isa} PRIVATE ${ARGN})
  target_link_libraries(coalis_engine_${isa} PUBLIC coalis_options coalis_model PRIVATE Boost::headers)
endfunction()

coalis_engine(portable)
set(engines coalis_engine_portable)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64" AND CMAKE_BUILD_TYPE STREQUAL "Release")
  coalis_engine(v2 -march=x86-64-v2)
  coalis_engine(v3 -march=x86-64-v3)
  coalis_engine(v4 -march=x86-64-v4 -mprefer-vector-width=512)
  list(APPEND engines coalis_engine_v2 coalis_engine_v3 coalis_engine_v4)
  target_compile_definitions(coalis_model PRIVATE COALIS_X86_ENGINES)
endif()
target_link_libraries(coalis_model INTERFACE ${engines})

coalis_layer(network PUBLIC coalis_model PRIVATE Boost::headers)
coalis_layer(story PUBLIC coalis_model)
coalis_layer(ensemble PUBLIC coalis_network coalis_model PRIVATE Boost::headers TBB::tbb)
coalis_layer(inference PUBLIC coalis_ensemble PRIVATE Boost::headers Eigen3::Eigen)
coalis_layer(report PUBLIC coalis_ensemble PRIVATE fmt::fmt)
coalis_layer(io PUBLIC coalis_inference coalis_ensemble coalis_model PRIVATE Boost::headers fmt::fmt nlohmann_json::nlohmann_json ${HDF5_HL_LIBRARIES} ${HDF5_C_LIBRARIES})
target_include_directories(coalis_io SYSTEM PRIVATE ${HDF5_C_INCLUDE_DIRS})
foreach(layer story report io)
  coalis_built_quickly(coalis_${layer})
endforeach()

# Version and commit, looked up at every build.
add_custom_target(coalis_build_version BYPRODUCTS ${PROJECT_BINARY_DIR}/include/generated/build_version.hpp
  COMMAND ${CMAKE_COMMAND} -D SOURCE_DIR=${PROJECT_SOURCE_DIR} -D VERSION=${PROJECT_VERSION}
    -D OUTPUT=${PROJECT_BINARY_DIR}/include/generated/build_version.hpp -P ${PROJECT_SOURCE_DIR}/cmake/build_info.cmake)
add_dependencies(coalis_io coalis_build_version)
target_include_directories(coalis_io PRIVATE ${PROJECT_BINARY_DIR}/include)

file(GLOB cli_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/sim/cli/*.cpp)
add_executable(coalis ${cli_sources})
target_link_libraries(coalis PRIVATE coalis_story coalis_io coalis_inference coalis_ensemble coalis_report CLI11::CLI11 fmt::fmt nlohmann_json::nlohmann_json)
coalis_built_quickly(coalis)
