// Files of JSON that the program has written: what is said of one that is not what it should be.
#include "coalis/io/text/json_file.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "support/support.hpp"

namespace coalis {
namespace {

namespace fs = std::filesystem;

constexpr JsonFormat format{"coalis-thing", 3, "a thing of coalis make", "make it again"};

class JsonFile : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "coalis-json-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  // What is said of a file with that text, without its path.
  std::string said(const std::string& text) const {
    const fs::path path = folder_ / "thing.json";
    std::ofstream(path, std::ios::binary) << text;
    return said_of(path);
  }
  static std::string said_of(const fs::path& path) {
    try {
      read_json_file(path, format);
    } catch (const JsonFileError& error) {
      const std::string what = error.what();
      EXPECT_EQ(what.rfind(path.string() + ": ", 0), 0u) << what;
      return what.substr(path.string().size() + 2);
    }
    return "nothing";
  }

  fs::path folder_;
};

TEST_F(JsonFile, IsReadIfItIsWhatItSays) {
  EXPECT_EQ(said(R"({"format": "coalis-thing", "version": 3})"), "nothing");
  std::ofstream(folder_ / "b.json") << R"({"format": "coalis-thing", "version": 3, "b": 1, "a": [2]})";
  const auto json = read_json_file(folder_ / "b.json", format);
  EXPECT_EQ(json.dump(), R"({"format":"coalis-thing","version":3,"b":1,"a":[2]})") << "members keep their order";
}

TEST_F(JsonFile, IsNotThere) {
  EXPECT_EQ(said_of(folder_ / "none.json"), "cannot be read: there is no such file; check the name");
  EXPECT_EQ(said_of(folder_), "cannot be read: it is a folder; name a file in it");
}

TEST_F(JsonFile, IsNoJson) {
  EXPECT_EQ(said(""), "it is empty; make it again");
  EXPECT_EQ(said("{\n \"a\": x}"), "is no JSON, or is cut off (line 2, column 7 of 10 bytes); make it again");
  EXPECT_EQ(said(R"({"format": "coalis-th)"), "is no JSON, or is cut off (line 1, column 22 of 21 bytes); make it again");
}

TEST_F(JsonFile, IsSomethingElse) {
  const std::string unsaid = "it is JSON that does not say what it is, not a thing of coalis make; make it again";
  EXPECT_EQ(said("{}"), unsaid);
  EXPECT_EQ(said("[1]"), unsaid);
  EXPECT_EQ(said(R"({"format": 7, "version": 3})"), unsaid);
  EXPECT_EQ(said(R"({"format": "coalis-check", "version": 3})"),
            "it is an answer of coalis calibrate --check, not a thing of coalis make; coalis report reads it; make it again");
}

TEST_F(JsonFile, IsOfAnotherVersion) {
  EXPECT_EQ(said(R"({"format": "coalis-thing"})"), "has no version of its format; make it again");
  EXPECT_EQ(said(R"({"format": "coalis-thing", "version": "3"})"), "has no version of its format; make it again");
  EXPECT_EQ(said(R"({"format": "coalis-thing", "version": 2})"),
            "version 2 of its format is too old; this program reads 3; make it again");
  EXPECT_EQ(said(R"({"format": "coalis-thing", "version": 4})"),
            "version 4 of its format is too new; this program reads 3: use a newer Coalis");
}

// The last member is XXH3 of all that stands before it; without it a file is read as one of an older program.
TEST_F(JsonFile, IsRefusedIfItWasChangedSinceItWasWritten) {
  const nlohmann::ordered_json json{
      {"format", format.name}, {"version", format.version}, {"a", nlohmann::ordered_json::array({1})}};
  const std::string before = "{\n  \"format\": \"coalis-thing\",\n  \"version\": 3,\n  \"a\": [\n    1\n  ]";
  const std::string text = checked_json_text(json, 2);
  EXPECT_EQ(text, before + ",\n\"content\": \"52979ecb5c46105e\"\n}\n");
  EXPECT_EQ(said(text), "nothing");
  EXPECT_EQ(said(checked_json_text(json, -1)), "nothing");
  EXPECT_EQ(said(before + "}"), "nothing");
  std::string changed = text;
  changed[text.find('1')] = '2';
  EXPECT_EQ(said(changed), "is damaged: its checksum is not that of its content; make it again");
  EXPECT_NE(said(text + " "), "nothing");
  EXPECT_NE(said(before + ", \"content\": 7}"), "nothing");
  for (std::size_t at = 0; at < before.size(); ++at)
    for (int bit = 0; bit < 8; ++bit) {
      changed = text;
      changed[at] = static_cast<char>(changed[at] ^ (1 << bit));
      EXPECT_THROW(parse_json(changed, "thing.json", format), JsonFileError) << at << ", " << bit;
    }
}

// Of two the parser would take the last; what follows a byte 0 it would not see.
TEST_F(JsonFile, HasEveryKeyOnceAndNoByteZero) {
  const std::string begin = R"({"format": "coalis-thing", "version": 3)";
  EXPECT_EQ(said(begin + R"(, "p": 1, "p": 2})"), "is damaged: 'p' stands twice in one place; make it again");
  EXPECT_EQ(said(begin + R"(, "a": [{"p": 1}, {"p": 2, "q": {"p": 3}, "p": 4}]})"),
            "is damaged: 'p' stands twice in one place; make it again");
  EXPECT_EQ(said(begin + R"(, "p": 1, "a": [{"p": 1}, {"p": {"p": 3}}]})"), "nothing") << "in different places";
  EXPECT_EQ(said(begin + "}" + std::string(2, '\0')), "is damaged: it has a byte 0 (line 1, column 41); make it again");
  EXPECT_EQ(said(begin + ",\n" + std::string(1, '\0') + "\"a\": 1}"),
            "is damaged: it has a byte 0 (line 2, column 1); make it again");
}

}  // namespace
}  // namespace coalis
