# The compiled part of the Python package, coalis._coalis, in a copy of the package that stands in the build folder: PYTHONPATH =
# BUILD/python. `cmake --install` puts the package and it under COALIS_PYTHON_FOLDER.
set(Python_EXECUTABLE ${COALIS_PYTHON})
find_package(Python REQUIRED COMPONENTS Interpreter Development.Module)
find_package(pybind11 REQUIRED CONFIG)
set(COALIS_PYTHON_FOLDER ${CMAKE_INSTALL_LIBDIR}/python${Python_VERSION_MAJOR}.${Python_VERSION_MINOR}/site-packages CACHE STRING
  "Where the Python package is installed, below the prefix or absolute")

file(GLOB module_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/sim/python/*.cpp)
pybind11_add_module(coalis_python MODULE NO_EXTRAS ${module_sources})
set_target_properties(coalis_python PROPERTIES OUTPUT_NAME _coalis LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/python/coalis
  CXX_VISIBILITY_PRESET hidden)
target_include_directories(coalis_python PRIVATE ${PROJECT_SOURCE_DIR}/sim)
# Nothing of the library is seen from outside: another module may have functions of the same names.
target_link_options(coalis_python PRIVATE -Wl,--exclude-libs,ALL)
target_link_libraries(coalis_python PRIVATE coalis_story coalis_tasks fmt::fmt nlohmann_json::nlohmann_json)
coalis_built_quickly(coalis_python)
coalis_folder_as_one(coalis_python)

file(GLOB package_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/analysis/coalis/*.py ${PROJECT_SOURCE_DIR}/analysis/coalis/*.pyi
  ${PROJECT_SOURCE_DIR}/analysis/coalis/py.typed)
file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/python/coalis)
foreach(file ${package_files})
  cmake_path(GET file FILENAME name)
  file(CREATE_LINK ${file} ${PROJECT_BINARY_DIR}/python/coalis/${name} SYMBOLIC)
endforeach()
install(FILES ${package_files} DESTINATION ${COALIS_PYTHON_FOLDER}/coalis COMPONENT python)
install(TARGETS coalis_python LIBRARY DESTINATION ${COALIS_PYTHON_FOLDER}/coalis COMPONENT python)
