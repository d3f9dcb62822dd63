// The page that shows what was read of a coalition's own tables, and what was not.
#pragma once

#include <string>
#include <vector>

namespace coalis::report {

struct ImportPage {
  struct File {
    std::string name, what, form;  // "attendance list"; "UTF-8, comma"
    int rows = 0, used = 0;
    std::vector<std::vector<std::string>> left_out;  // reason, how many, lines
    std::vector<std::string> notes;
  };
  std::string title, program;
  std::vector<std::string> summary;  // sentences
  std::string command;               // what to do next
  std::vector<File> files;
  std::vector<std::string> not_read;              // files, each with its reason
  std::vector<std::vector<std::string>> months;   // month, events, attendances
  std::vector<std::vector<std::string>> names;    // name, other, taken as one, why
  std::vector<std::vector<std::string>> answers;  // question, answer
  std::vector<std::string> assumed, not_expressed;
};

std::string html(const ImportPage& page);

}  // namespace coalis::report
