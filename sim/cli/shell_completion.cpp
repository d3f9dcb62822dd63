// See shell_completion.hpp. In each shell the words before the one that is completed lead down the commands; then come the
// commands or options below that one, what an option can be chosen from, and else files.
#include "shell_completion.hpp"

#include <fmt/format.h>

#include <string_view>

#include "coalis/core/shell_word.hpp"

namespace coalis::cli {
namespace {

using Commands = std::vector<const DescribedCommand*>;

std::string one_line(const std::string& text) {
  std::string line = text.substr(0, text.find('\n'));
  return line;
}

// 'coalis run'|'coalis study run', of all below the program.
std::string alternatives(const Commands& commands) {
  std::string text;
  for (const DescribedCommand* command : commands)
    if (command != commands.front()) text.append(text.empty() ? "" : "|").append(shell_word(command->name));
  return text;
}

// Calls f with the words "COMMAND OPTION" and the choices of every option that has some.
template <class F>
void for_choices(const Commands& commands, F&& f) {
  for (const DescribedCommand* command : commands)
    for (const DescribedOption& option : command->options)
      for (const std::string& name : option.names)
        if (!option.choices.empty() && option.named) f(*command, name, option);
}

std::string joined_choices(const DescribedOption& option) {
  std::string text;
  for (const std::string& choice : option.choices) text.append(text.empty() ? "" : " ").append(choice);
  return text;
}

// Of one command: what may follow it, each with its meaning. Of what has no name its choices.
struct Follows {
  std::string word;
  const std::string& meaning;
};
std::vector<Follows> follows(const DescribedCommand& command) {
  std::vector<Follows> list;
  for (const DescribedCommand& below : command.commands) list.push_back({below.word(), below.meaning});
  for (const bool named : {false, true})
    for (const DescribedOption& option : command.options)
      if (option.named == named)
        for (const std::string& word : named ? option.names : option.choices) list.push_back({word, option.meaning});
  return list;
}

}  // namespace

std::string bash_completion(const DescribedCommand& program) {
  const Commands commands = with_all_below(program);
  std::string text = fmt::format(
      "# Completion of {0} for bash, made of what --help says: {0} completion bash\n"
      "_{0}() {{\n"
      "  local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD - 1]}} command={0} words='' i\n"
      "  COMPREPLY=()\n"
      "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
      "    case \"$command ${{COMP_WORDS[i]}}\" in\n"
      "      {1}) command=\"$command ${{COMP_WORDS[i]}}\" ;;\n"
      "    esac\n"
      "  done\n"
      "  case \"$command $before\" in\n",
      program.name, alternatives(commands));
  for_choices(commands, [&](const DescribedCommand& command, const std::string& name, const DescribedOption& option) {
    text += fmt::format("    {}) words={} ;;\n", shell_word(command.name + " " + name), shell_word(joined_choices(option)));
  });
  text += "  esac\n  if [[ -z $words ]]; then\n    case \"$command\" in\n";
  for (const DescribedCommand* command : commands) {
    std::string words;
    for (const Follows& next : follows(*command)) words.append(words.empty() ? "" : " ").append(next.word);
    text += fmt::format("      {}) words={} ;;\n", shell_word(command->name), shell_word(words));
  }
  return text + fmt::format(
                    "    esac\n"
                    "  fi\n"
                    "  # Nothing that fits: readline completes names of files.\n"
                    "  mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\")\n"
                    "  if [[ -z $word && ${{COMPREPLY[*]}} == -* ]]; then COMPREPLY=(); fi\n"
                    "}}\n"
                    "complete -o default -F _{0} {0}\n",
                    program.name);
}

std::string zsh_completion(const DescribedCommand& program) {
  const Commands commands = with_all_below(program);
  std::string text = fmt::format(
      "#compdef {0}\n"
      "# Completion of {0} for zsh, made of what --help says: {0} completion zsh\n"
      "local command={0} i\n"
      "local -a entries\n"
      "for ((i = 2; i < CURRENT; i++)); do\n"
      "  case \"$command ${{words[i]}}\" in\n"
      "    ({1}) command=\"$command ${{words[i]}}\" ;;\n"
      "  esac\n"
      "done\n"
      "case \"$command ${{words[CURRENT-1]}}\" in\n",
      program.name, alternatives(commands));
  for_choices(commands, [&](const DescribedCommand& command, const std::string& name, const DescribedOption& option) {
    text += fmt::format("  ({}) compadd {}; return ;;\n", shell_word(command.name + " " + name), joined_choices(option));
  });
  text += "esac\ncase \"$command\" in\n";
  for (const DescribedCommand* command : commands) {
    text += fmt::format("  ({})\n    entries=(\n", shell_word(command->name));
    for (const Follows& next : follows(*command)) text += "      " + shell_word(next.word + ":" + one_line(next.meaning)) + "\n";
    text += "    )\n    ;;\n";
  }
  return text +
         "esac\n"
         "# Options where a word begins with -, commands where there are some, else names of files.\n"
         "if [[ ${words[CURRENT]} == -* || ${entries[1]} != -* ]]; then\n"
         "  _describe -t commands \"$command\" entries\n"
         "else\n"
         "  _files\n"
         "fi\n";
}

std::string fish_completion(const DescribedCommand& program) {
  const Commands commands = with_all_below(program);
  std::string text = fmt::format(
      "# Completion of {0} for fish, made of what --help says: {0} completion fish\n"
      "function __{0}_command\n"
      "    set -l command {0}\n"
      "    for word in (commandline -opc)[2..-1]\n"
      "        if contains -- \"$command $word\"",
      program.name);
  const auto fish_word = [](std::string_view word) {
    std::string to = "'";
    for (const char c : word) to.append(c == '\'' || c == '\\' ? "\\" : "").append(1, c);
    return to + "'";
  };
  for (const DescribedCommand* command : commands)
    if (command != commands.front()) text += " " + fish_word(command->name);
  text += "\n            set command \"$command $word\"\n        end\n    end\n    echo $command\nend\n";
  for (const DescribedCommand* command : commands) {
    const std::string begin = fmt::format("complete -c {} -n {}", program.name,
                                          fish_word(fmt::format("test (__{}_command) = '{}'", program.name, command->name)));
    for (const DescribedCommand& below : command->commands)
      text += fmt::format("{} -f -a {} -d {}\n", begin, fish_word(below.word()), fish_word(one_line(below.meaning)));
    for (const DescribedOption& option : command->options) {
      if (!option.named) {
        if (!option.choices.empty())
          text += begin + " -f -a " + fish_word(joined_choices(option)) + " -d " + fish_word(one_line(option.meaning)) + "\n";
        continue;
      }
      text += begin;
      for (const std::string& name : option.names)
        text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
      if (!option.choices.empty())
        text += " -x -a " + fish_word(joined_choices(option));
      else if (!option.value.empty())
        text += " -r";
      text += " -d " + fish_word(one_line(option.meaning)) + "\n";
    }
  }
  return text;
}

}  // namespace coalis::cli
