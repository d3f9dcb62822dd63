# What is installed without building (scripts/package): component `program` is the .deb, by CPack; coalis_anywhere is the program of the
# folder for any Linux of this processor.
include(cmake/shell_files.cmake)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/scenarios DESTINATION ${CMAKE_INSTALL_DATADIR}/coalis COMPONENT program
  FILES_MATCHING PATTERN *.toml PATTERN *.csv PATTERN *.json PATTERN *.runs EXCLUDE)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright COMPONENT program)
install(FILES ${PROJECT_SOURCE_DIR}/CITATION.cff ${PROJECT_SOURCE_DIR}/CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program)

set(CPACK_PACKAGE_NAME coalis)
set(CPACK_PACKAGE_CONTACT "The Coalis developers <coalis@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "simulator of the engagement of organisations in a policy coalition")
set(CPACK_PACKAGE_DESCRIPTION "How leadership, meetings, hubs, training and funds change who comes, who stays and what comes of it, month by month.")
set(CPACK_COMPONENTS_ALL program)
set(CPACK_COMPONENTS_GROUPING ALL_COMPONENTS_IN_ONE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)  # what it depends on is found, by dpkg-shlibdeps
include(CPack)

# The objects of the program, linked anew: static where Debian has the library so (within.cmake); what it has not (oneTBB, fmt) and the C++
# library are put beside it, found by a path from the program.
set(names_within hdf5 crypto sz z)
set(packages_within libhdf5-dev libssl-dev libaec-dev zlib1g-dev)  # of Debian, which say their licences
if(NOT static_libraries)
  return()
endif()
foreach(name package IN ZIP_LISTS names_within packages_within)
  if(EXISTS /usr/share/doc/${package}/copyright)
    install(FILES /usr/share/doc/${package}/copyright DESTINATION ${CMAKE_INSTALL_DOCDIR}/third-party RENAME lib${name} COMPONENT program)
  endif()
endforeach()
add_executable(coalis_anywhere EXCLUDE_FROM_ALL $<TARGET_OBJECTS:coalis> $<TARGET_OBJECTS:coalis_cli>)
foreach(layer ${COALIS_LAYERS})
  target_sources(coalis_anywhere PRIVATE $<TARGET_OBJECTS:${layer}>)
endforeach()
set_target_properties(coalis_anywhere PROPERTIES LINKER_LANGUAGE CXX OUTPUT_NAME coalis RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/anywhere
  BUILD_WITH_INSTALL_RPATH ON INSTALL_RPATH "$ORIGIN/../lib/coalis")
target_link_libraries(coalis_anywhere PRIVATE ${static_libraries} fmt::fmt Threads::Threads ${CMAKE_DL_LIBS})
if(NOT COALIS_SERIAL)
  target_link_libraries(coalis_anywhere PRIVATE TBB::tbb)
endif()
# Old tags: the path holds for the libraries beside it, too.
target_link_options(coalis_anywhere PRIVATE -Wl,--gc-sections -Wl,--disable-new-dtags -s)
