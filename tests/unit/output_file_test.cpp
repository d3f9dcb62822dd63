// Files that appear whole: several writers of one name, and what a disk makes of what it was given.
#include "io/text/output_file.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "coalis/io/text/file_error.hpp"
#include "support/folder.hpp"

namespace coalis::io {
namespace {

namespace fs = std::filesystem;

std::string content(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::size_t files_in(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

std::string refusal(OutputFile& file) {
  try {
    file.put_in_place();
  } catch (const FileError& error) {
    return error.what();
  }
  return "";
}

TEST(OutputFile, TwoWritersOfOneNameEachWriteAPartOfTheirOwn) {
  const test::Folder folder;
  const fs::path name = folder / "answer.json";
  OutputFile first(name, Replace::asked), second(name, Replace::asked);
  EXPECT_NE(first.part(), second.part());
  first.write("the first"), second.write("the "), second.write("second");
  EXPECT_FALSE(fs::exists(name));
  first.put_in_place();
  EXPECT_EQ(content(name), "the first");
  second.put_in_place();
  EXPECT_EQ(content(name), "the second");
  EXPECT_EQ(files_in(name.parent_path()), 1u);
}

TEST(OutputFile, WhatHasAppearedMeanwhileStays) {
  const test::Folder folder;
  const fs::path name = folder / "answer.json";
  {
    OutputFile first(name, Replace::never), second(name, Replace::never);
    first.write("the first"), second.write("the second");
    first.put_in_place();
    EXPECT_NE(refusal(second).find("exists already"), std::string::npos);
  }
  EXPECT_EQ(content(name), "the first");
  EXPECT_EQ(files_in(name.parent_path()), 1u);
}

// As a disk does that loses what it was given.
TEST(OutputFile, WhatDoesNotReadBackIsNotPublished) {
  const test::Folder folder;
  const fs::path name = folder.write("answer.json", "as it was");
  const std::string text(200'000, 'a');  // several blocks
  for (const std::size_t at : {std::size_t{0}, std::size_t{70'000}, text.size() - 1, text.size()}) {
    OutputFile file(name, Replace::asked);
    file.write(text);
    std::fstream(file.part(), std::ios::in | std::ios::out | std::ios::binary).seekp(static_cast<std::streamoff>(at)).put('b');
    EXPECT_EQ(refusal(file), name.string() +
                                 ": does not read back as it was written: Input/output error; check the disk and "
                                 "permissions, then give the same command again");
    EXPECT_EQ(content(name), "as it was");
  }
  OutputFile file(name, Replace::asked);
  file.write(text);
  fs::resize_file(file.part(), text.size() - 1);
  EXPECT_NE(refusal(file), "");
  EXPECT_EQ(content(name), "as it was");
}

TEST(OutputFile, OfNothingIsAnEmptyFile) {
  const test::Folder folder;
  OutputFile file(folder / "empty", Replace::never);
  file.write("");
  file.put_in_place();
  EXPECT_TRUE(fs::exists(folder / "empty"));
  EXPECT_EQ(content(folder / "empty"), "");
}

}  // namespace
}  // namespace coalis::io
