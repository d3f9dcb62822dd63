# The layers, lowest first: a folder of sim/ and its headers in include/coalis/ are a library each. Includes go up this list only
# (tests/property/layers_test.py). Third-party code is linked PRIVATE, so that a wrong include does not compile.

# Reading, writing and wording take no time worth the compiler's: what is not the engine or its statistics is built with less effort.
function(coalis_built_quickly target)
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O1>)
endfunction()
function(coalis_folder_as_one target)
  if(COALIS_UNITY)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 0)
  endif()
endfunction()

# Each folder compiled as one (COALIS_UNITY; preset fuzz; names of its anonymous namespaces differ): but not what is built apart on purpose.
set_source_files_properties(sim/io/text/toml_tree.cpp sim/io/text/checksum.cpp sim/cli/main.cpp PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)

# coalis_layer(io/text [QUICK] [PUBLIC layer...] [PRIVATE library...]): library coalis_io_text.
set(COALIS_LAYERS)
function(coalis_layer folder)
  cmake_parse_arguments(ARG "QUICK" "" "PUBLIC;PRIVATE" ${ARGN})
  string(REPLACE / _ name coalis_${folder})
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/sim/${folder}/*.cpp)
  add_library(${name} STATIC ${sources})
  list(TRANSFORM ARG_PUBLIC REPLACE / _)
  list(TRANSFORM ARG_PUBLIC PREPEND coalis_)
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/sim)
  target_link_libraries(${name} PUBLIC coalis_options ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE})
  if(ARG_QUICK)
    coalis_built_quickly(${name})
    coalis_folder_as_one(${name})
  endif()
  set(COALIS_LAYERS ${COALIS_LAYERS} ${name} PARENT_SCOPE)
endfunction()

coalis_layer(core PRIVATE fmt::fmt Boost::headers)
coalis_layer(model PUBLIC core)

# The processes of a month: submodels, initialization, observation and schedule, once per instruction set (see core/isa.hpp).
file(GLOB_RECURSE process_sources CONFIGURE_DEPENDS
  ${PROJECT_SOURCE_DIR}/sim/submodels/*.cpp ${PROJECT_SOURCE_DIR}/sim/initialization/*.cpp ${PROJECT_SOURCE_DIR}/sim/observation/*.cpp
  ${PROJECT_SOURCE_DIR}/sim/schedule/*.cpp)
function(coalis_processes isa)
  add_library(coalis_processes_${isa} STATIC ${process_sources})
  target_compile_definitions(coalis_processes_${isa} PRIVATE COALIS_ISA=${isa})
  target_compile_options(coalis_processes_${isa} PRIVATE ${ARGN})
  target_link_libraries(coalis_processes_${isa} PUBLIC coalis_options coalis_model PRIVATE Boost::headers)
endfunction()

coalis_processes(portable)
set(processes coalis_processes_portable)
coalis_layer(engine PUBLIC model)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64" AND CMAKE_BUILD_TYPE STREQUAL "Release")
  coalis_processes(v2 -march=x86-64-v2)
  coalis_processes(v3 -march=x86-64-v3)
  coalis_processes(v4 -march=x86-64-v4 -mprefer-vector-width=512)
  list(APPEND processes coalis_processes_v2 coalis_processes_v3 coalis_processes_v4)
  target_compile_definitions(coalis_engine PRIVATE COALIS_X86_ENGINES)
endif()
target_link_libraries(coalis_engine PUBLIC ${processes})
list(APPEND COALIS_LAYERS ${processes})

coalis_layer(network PUBLIC engine PRIVATE Boost::headers)
coalis_layer(story QUICK PUBLIC engine)
coalis_layer(statistics PUBLIC core PRIVATE Boost::headers)
coalis_layer(ensemble PUBLIC network statistics)
if(COALIS_SERIAL)
  target_compile_definitions(coalis_ensemble PRIVATE COALIS_SERIAL)
else()
  target_link_libraries(coalis_ensemble PRIVATE TBB::tbb)
endif()
coalis_layer(inference PUBLIC ensemble PRIVATE Boost::headers Eigen3::Eigen)
coalis_layer(questions PUBLIC inference PRIVATE Boost::headers fmt::fmt)
coalis_layer(questions/policy PUBLIC questions PRIVATE fmt::fmt)
coalis_layer(questions/run PUBLIC questions PRIVATE fmt::fmt)
coalis_layer(questions/forecast PUBLIC questions/run inference PRIVATE fmt::fmt)
coalis_layer(questions/comparison PUBLIC questions/policy PRIVATE fmt::fmt)
coalis_layer(questions/best PUBLIC questions/policy inference PRIVATE fmt::fmt)
coalis_layer(questions/study PUBLIC questions PRIVATE fmt::fmt)
coalis_layer(questions/sensitivity PUBLIC questions/study inference PRIVATE fmt::fmt)
coalis_layer(questions/calibration PUBLIC questions inference PRIVATE fmt::fmt)
coalis_layer(questions/telling_apart PUBLIC questions inference PRIVATE fmt::fmt)
coalis_layer(report/words QUICK PUBLIC story questions/run questions/forecast questions/sensitivity questions/calibration questions/telling_apart
  questions/comparison questions/policy questions/best
  PRIVATE fmt::fmt)
coalis_layer(report/charts QUICK PUBLIC report/words PRIVATE fmt::fmt)
coalis_layer(report/pages QUICK PUBLIC report/charts PRIVATE fmt::fmt)
include(cmake/explorer_template.cmake)
target_sources(coalis_report_pages PRIVATE ${PROJECT_BINARY_DIR}/explorer_template.cpp)
coalis_layer(io/text QUICK PUBLIC core PRIVATE Boost::headers fmt::fmt nlohmann_json::nlohmann_json coalis_crypto)
coalis_layer(io/scenario QUICK PUBLIC io/text questions/policy PRIVATE fmt::fmt nlohmann_json::nlohmann_json)
coalis_layer(io/import QUICK PUBLIC io/scenario PRIVATE fmt::fmt)
coalis_layer(io/questions QUICK PUBLIC io/scenario questions/study inference report/words PRIVATE fmt::fmt nlohmann_json::nlohmann_json)
coalis_layer(io/answers QUICK PUBLIC io/questions PRIVATE fmt::fmt nlohmann_json::nlohmann_json)
coalis_layer(io/store QUICK PUBLIC io/questions PRIVATE Boost::headers fmt::fmt nlohmann_json::nlohmann_json)
coalis_layer(io/hdf5 QUICK PUBLIC io/store PRIVATE fmt::fmt nlohmann_json::nlohmann_json coalis_hdf5)
target_include_directories(coalis_io_hdf5 SYSTEM PRIVATE ${HDF5_C_INCLUDE_DIRS})
coalis_layer(io/tables QUICK PUBLIC io/hdf5 PRIVATE fmt::fmt nlohmann_json::nlohmann_json coalis_hdf5)
target_include_directories(coalis_io_tables SYSTEM PRIVATE ${HDF5_C_INCLUDE_DIRS})
coalis_layer(tasks QUICK PUBLIC io/tables io/answers io/import report/pages PRIVATE fmt::fmt)
include(cmake/bundled_texts.cmake)
target_sources(coalis_tasks PRIVATE ${PROJECT_BINARY_DIR}/bundled_texts.cpp)

# The face for browsers; its program is made by scripts/wasm (sim/page/wasm), here it is what tests ask.
file(GLOB page_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/sim/page/*.cpp)
add_library(coalis_page STATIC EXCLUDE_FROM_ALL ${page_sources})
target_include_directories(coalis_page PRIVATE ${PROJECT_SOURCE_DIR}/sim)
target_link_libraries(coalis_page PUBLIC coalis_tasks PRIVATE fmt::fmt)
coalis_built_quickly(coalis_page)
coalis_folder_as_one(coalis_page)

# Version and commit, looked up at every build.
add_custom_target(coalis_build_version BYPRODUCTS ${PROJECT_BINARY_DIR}/include/generated/build_version.hpp
  COMMAND ${CMAKE_COMMAND} -D SOURCE_DIR=${PROJECT_SOURCE_DIR} -D VERSION=${PROJECT_VERSION}
    -D OUTPUT=${PROJECT_BINARY_DIR}/include/generated/build_version.hpp -P ${PROJECT_SOURCE_DIR}/cmake/build_info.cmake)
add_dependencies(coalis_core coalis_build_version)
target_include_directories(coalis_core PRIVATE ${PROJECT_BINARY_DIR}/include)

# The face for terminals, as objects: the program, and coalis-mpi (cmake/mpi.cmake), which begins elsewhere.
file(GLOB cli_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/sim/cli/*.cpp)
list(REMOVE_ITEM cli_sources ${PROJECT_SOURCE_DIR}/sim/cli/start.cpp)
add_library(coalis_cli OBJECT ${cli_sources})
target_include_directories(coalis_cli PRIVATE ${PROJECT_SOURCE_DIR}/sim)
target_link_libraries(coalis_cli PUBLIC coalis_story coalis_tasks PRIVATE CLI11::CLI11 fmt::fmt nlohmann_json::nlohmann_json)
coalis_built_quickly(coalis_cli)
coalis_folder_as_one(coalis_cli)
add_executable(coalis ${PROJECT_SOURCE_DIR}/sim/cli/start.cpp $<TARGET_OBJECTS:coalis_cli>)
set_target_properties(coalis PROPERTIES COALIS_WITHIN ON)
target_link_libraries(coalis PRIVATE coalis_story coalis_tasks fmt::fmt)
coalis_built_quickly(coalis)
