// See man_page.hpp.
#include "man_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <string_view>

namespace coalis::cli {
namespace {

// As it stands: no character means anything to roff.
std::string roff(std::string_view text) {
  std::string to;
  for (const char c : text) {
    switch (c) {
      case '\\': to += "\\e"; break;
      case '-': to += "\\-"; break;
      case '\'': to += "\\(aq"; break;
      case '`': to += "\\(ga"; break;
      case '^': to += "\\(ha"; break;
      case '~': to += "\\(ti"; break;
      case '"': to += "\\(dq"; break;
      default: to += c;
    }
  }
  return to.starts_with('.') ? "\\&" + to : to;
}

std::string bold(std::string_view text) { return "\\fB" + roff(text) + "\\fR"; }
std::string slanted(std::string_view text) { return "\\fI" + roff(text) + "\\fR"; }

std::string with_dashes(std::string text) {
  std::replace(text.begin(), text.end(), ' ', '-');
  return text;
}

std::string names_of(const DescribedOption& option) {
  std::string text;
  for (const std::string& name : option.names)
    text.append(text.empty() ? "" : ", ").append(option.named ? bold(name) : slanted(name));
  if (option.named && !option.value.empty()) text += " " + slanted(option.value);
  return text;
}

std::string synopsis(const DescribedCommand& command) {
  std::string text = bold(command.name);
  const auto named = [](const DescribedOption& option) { return option.named; };
  if (std::any_of(command.options.begin(), command.options.end(), named)) text += " [" + slanted("OPTION") + "]...";
  for (const DescribedOption& option : command.options)
    if (!option.named) text += option.required ? " " + names_of(option) : " [" + names_of(option) + "]";
  if (!command.commands.empty()) text += " " + slanted("COMMAND");
  return text + "\n";
}

std::string options_text(const DescribedCommand& command, bool named) {
  std::string text;
  for (const DescribedOption& option : command.options) {
    if (option.named != named) continue;
    text += ".TP\n" + names_of(option) + "\n" + roff(option.meaning) + (option.required ? " (required)" : "");
    text += option.standard.empty() ? "\n" : fmt::format(" (default: {})\n", roff(option.standard));
  }
  return text;
}

// What stands below --help: indented lines are examples and lists, and stay as they are.
std::string footer_text(const std::string& footer) {
  std::istringstream lines(footer);
  std::string text;
  bool as_it_is = false;
  for (std::string line; std::getline(lines, line);) {
    const bool indented = line.starts_with("  ");
    if (indented != as_it_is) text += indented ? ".PP\n.nf\n" : ".fi\n";
    as_it_is = indented;
    if (line.empty()) continue;
    if (line == "Examples:")
      text += ".SH EXAMPLES\n";
    else if (line.starts_with("Exit code"))
      text += ".SH EXIT STATUS\n" + (line.ends_with(':') ? "" : roff(line) + "\n");
    else
      text += roff(indented ? std::string_view(line).substr(2) : std::string_view(line)) + "\n";
  }
  return text + (as_it_is ? ".fi\n" : "");
}

std::string see_also(const DescribedCommand& command, const DescribedCommand& program) {
  std::string text;
  const auto add = [&](const DescribedCommand& other) {
    if (other.name != command.name) text.append(text.empty() ? "" : ",\n").append(bold(with_dashes(other.name)) + "(1)");
  };
  add(program);
  for (const DescribedCommand& below : command.commands) add(below);
  for (const DescribedCommand& other : program.commands)  // those beside it
    if (command.name.starts_with(other.name + " ")) add(other);
  return text.empty() ? "" : ".SH SEE ALSO\n" + text + "\n";
}

}  // namespace

std::string man_page(const DescribedCommand& command, const DescribedCommand& program, const std::string& version) {
  std::string name = with_dashes(command.name), upper = name;
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  std::string text = fmt::format(".\\\" Made of what {} --help says.\n.TH {} 1 \"\" \"Coalis {}\" \"Coalis\"\n", command.name,
                                 roff(upper), roff(version));
  text += fmt::format(".SH NAME\n{} \\- {}\n.SH SYNOPSIS\n{}", roff(name), roff(command.meaning), synopsis(command));
  if (const std::string arguments = options_text(command, false); !arguments.empty()) text += ".SH ARGUMENTS\n" + arguments;
  if (!command.commands.empty()) {
    text += ".SH COMMANDS\n";
    for (const DescribedCommand& below : command.commands)
      text += fmt::format(".TP\n{}\n{}\n", bold(below.word()), roff(below.meaning));
  }
  if (const std::string options = options_text(command, true); !options.empty()) text += ".SH OPTIONS\n" + options;
  if (!command.footer.empty()) {
    const std::string footer = footer_text(command.footer);
    text += (footer.starts_with(".SH") ? "" : ".SH NOTES\n") + footer;
  }
  return text + see_also(command, program);
}

}  // namespace coalis::cli
