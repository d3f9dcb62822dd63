"""The reference of the Python package as Markdown, read from its sources: every public name with its signature, its docstring and, of
a class, its fields, properties and methods. Nothing is imported, so that it needs neither the compiled part nor what figures need."""
import ast
import re
from pathlib import Path

FIRST = ("scenario", "asking", "studies", "learning", "stories")  # the other modules follow as the package names them


class Package:
    """The modules of a package by name, as syntax trees and as lines."""

    def __init__(self, folder):
        texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(Path(folder).glob("*.py"))}
        self.lines = {name: text.splitlines() for name, text in texts.items()}
        self.trees = {name: ast.parse(text) for name, text in texts.items()}
        self.classes = {node.name: (name, node) for name, tree in self.trees.items() for node in tree.body if isinstance(node, ast.ClassDef)}

    def homes(self):
        """Public names by the module that defines them, in the order of the package's own table."""
        for node in self.trees["__init__"].body:
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "_HOMES":
                return ast.literal_eval(node.value)
        raise ValueError("analysis/coalis/__init__.py has no _HOMES")

    def found(self, module, name):
        for node in self.trees[module].body:
            if isinstance(node, (ast.ClassDef, ast.FunctionDef)) and node.name == name:
                return node
        return None

    def family(self, node):
        """The class and those of the package that it derives from, nearest first."""
        found = [node]
        for base in node.bases:
            name = base.id if isinstance(base, ast.Name) else base.attr if isinstance(base, ast.Attribute) else ""
            if name in self.classes:
                found += self.family(self.classes[name][1])
        return found


def signature(name, node, bound=False):
    """One parameter a line where they do not fit into one."""
    arguments = node.args
    if bound and arguments.args:
        arguments = ast.arguments(arguments.posonlyargs, arguments.args[1:], arguments.vararg, arguments.kwonlyargs, arguments.kw_defaults,
                                  arguments.kwarg, arguments.defaults)
    inside = ast.unparse(arguments)
    gives = f" -> {ast.unparse(node.returns)}" if node.returns and node.name != "__init__" else ""
    line = f"{name}({inside}){gives}"
    if len(line) <= 80:
        return line
    parts = re.split(r", (?![^\[\]]*\])", inside)
    return f"{name}(\n    " + ",\n    ".join(parts) + f",\n){gives}"


def said(node):
    return ast.get_docstring(node) or ""


def fields(package, module, node):
    """Rows of the annotated fields of a named tuple or a dataclass, with the comment that stands beside each."""
    rows = []
    for item in node.body:
        if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name) and not item.target.id.startswith("_"):
            comment = package.lines[module][item.end_lineno - 1][item.end_col_offset:].partition("# ")[2]
            rows.append(f"| `{item.target.id}` | `{ast.unparse(item.annotation)}` | {comment} |".replace(" | None`", " or None`"))
    return ["| field | is | |\n|---|---|---|\n" + "\n".join(rows)] if rows else []


def is_property(node):
    return any(ast.unparse(decorator).split(".")[-1] in ("property", "cached_property") for decorator in node.decorator_list)


def members(package, node):
    """Public methods and properties, inherited ones too, in the order of their definition."""
    seen, found = set(), []
    for family in package.family(node):
        for item in family.body:
            if isinstance(item, ast.FunctionDef) and not item.name.startswith("_") and item.name not in seen:
                seen.add(item.name)
                found.append(item)
    return found


def of_class(package, module, name):
    node = package.found(module, name)
    made = next((item for kin in package.family(node) for item in kin.body if isinstance(item, ast.FunctionDef) and item.name == "__init__"), None)
    errors = any(ast.unparse(base).endswith(("Error", "Exception", "Interrupt", "Warning")) for base in node.bases)
    parts = [f"### coalis.{name}", "An exception." if errors else "", said(node), *fields(package, module, node)]
    if made and not errors and said(made):
        parts += [f"```python\n{signature(f'coalis.{name}', made, bound=True)}\n```", said(made)]
    for item in members(package, node):
        kind = any(ast.unparse(decorator) in ("classmethod", "staticmethod") for decorator in item.decorator_list)
        gives = f" -> {ast.unparse(item.returns)}" if item.returns else ""
        call = f".{item.name}{gives}" if is_property(item) else signature(f"{name if kind else ''}.{item.name}", item, bound=True)
        parts += [f"#### {name}.{item.name}", f"```python\n{call}\n```", said(item)]
    return parts


def markdown(folder):
    package = Package(folder)
    parts = ["# Python reference", "Every public name of the package `coalis`, from its own docstrings. What to do with them: docs/python.md "
             "(asking) and analysis/README.md (results).", fenced_docstring(said(package.trees["__init__"]))]
    homes = package.homes()
    for module in sorted(homes, key=lambda module: FIRST.index(module) if module in FIRST else len(FIRST)):
        names = homes[module]
        text = said(package.trees[module])
        title = re.split(r"\.$|: |, | \(", text.split("\n")[0])[0]
        parts += [f"## {title}", text.removeprefix(f"{title}.").strip()]
        for name in names:
            node = package.found(module, name)
            if isinstance(node, ast.ClassDef):
                parts += of_class(package, module, name)
            else:
                parts += [f"### coalis.{name}", f"```python\n{signature(f'coalis.{name}', node)}\n```", said(node)]
    return "\n\n".join(part.strip("\n") for part in parts if part.strip()) + "\n"


def fenced_docstring(text):
    """Indented lines are code already."""
    return text.partition("\n")[2]
