# coalis::coalis: all layers as one library for programs outside of this tree, with its headers and a CMake package
# (find_package(coalis); examples/ask). Faces of the program do not belong to it.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

add_library(coalis_library STATIC)
add_library(coalis::coalis ALIAS coalis_library)
set_target_properties(coalis_library PROPERTIES OUTPUT_NAME coalis EXPORT_NAME coalis LINKER_LANGUAGE CXX)
foreach(layer ${COALIS_LAYERS})
  target_sources(coalis_library PRIVATE $<TARGET_OBJECTS:${layer}>)
endforeach()
target_compile_features(coalis_library PUBLIC cxx_std_20)
target_include_directories(coalis_library INTERFACE $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
# Functions in headers are compiled by who uses them: the same bits there, too.
target_compile_options(coalis_library INTERFACE -ffp-contract=off)
target_link_libraries(coalis_library INTERFACE fmt::fmt nlohmann_json::nlohmann_json OpenSSL::Crypto
  $<BUILD_INTERFACE:${HDF5_HL_LIBRARIES}> $<BUILD_INTERFACE:${HDF5_C_LIBRARIES}>)
if(NOT COALIS_SERIAL)
  target_link_libraries(coalis_library INTERFACE TBB::tbb)
endif()

set(package ${CMAKE_INSTALL_LIBDIR}/cmake/coalis)
install(TARGETS coalis RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)
install(TARGETS coalis_library EXPORT coalisTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/coalis DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN *.hpp)
install(EXPORT coalisTargets NAMESPACE coalis:: DESTINATION ${package})
configure_package_config_file(cmake/coalisConfig.cmake.in ${PROJECT_BINARY_DIR}/coalisConfig.cmake INSTALL_DESTINATION ${package})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/coalisConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/coalisConfig.cmake ${PROJECT_BINARY_DIR}/coalisConfigVersion.cmake DESTINATION ${package})
