# LICENSE and CITATION.cff as a source: a bundle of a study has them wherever the program is. So is the reader of workbooks.
set(functions)
foreach(pair "licence_text;LICENSE" "citation_text;CITATION.cff" "workbook_reader;analysis/coalis/workbooks.py")
  list(GET pair 0 name)
  list(GET pair 1 file)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${file})
  file(READ ${PROJECT_SOURCE_DIR}/${file} text)
  string(APPEND functions "std::string coalis::${name}() { return R\"text(${text})text\"; }\n")
endforeach()
file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/bundled_texts.cpp @ONLY CONTENT
  "// Written by cmake/bundled_texts.cmake.\n#include \"tasks/bundle_texts.hpp\"\n#include \"tasks/workbooks.hpp\"\n@functions@")
