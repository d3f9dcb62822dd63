"""Markdown to the pages of the site: links that hold, headings with anchors, the menu, the index of the search."""
import html
import json
import posixpath
import re
from pathlib import Path
from string import Template

from markdown_it import MarkdownIt
from markdown_it.token import Token

from .sources import REFERENCE

HERE = Path(__file__).resolve().parent
MENU = "docs/README.md"  # its sections and the pages that each links to
BESIDE = {"docs/python.md": [REFERENCE]}  # in the menu after
NAMED = re.compile(r"(?<![\w/.-])(?:\.\./)*[\w-]+(?:/[\w-]+)*\.(?:md|html|ipynb)\b(?!/)")  # a page named in plain text
OUTSIDE = re.compile(r"[a-z]+:")


def place(source):
    """Where the page of a source is: README.md is its folder's index."""
    stem = re.sub(r"\.(md|ipynb)$", "", source)
    return re.sub(r"(^|/)README$", r"\1index", stem) + ".html" if stem != source else source


def plain(token):
    return "".join(child.content if child.type in ("text", "code_inline") else " " * (child.type == "softbreak") for child in token.children)


def slug(title, taken):
    """GitHub's anchor of a heading, so that links hold there, too."""
    name = re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", "-") or "section"
    taken[name] = taken.get(name, -1) + 1
    return f"{name}-{taken[name]}" if taken[name] else name


class Document:
    """A page: its tokens, its title, its headings (level, anchor, title) and the text below each, for the search."""

    def __init__(self, source, text, markdown):
        self.source, self.place = source, place(source)
        self.tokens, taken = markdown.parse(text), {}
        self.headings, self.words, self.anchors, self.problems = [], [], set(), []
        for token, following in zip(self.tokens, [*self.tokens[1:], None]):
            if token.type == "heading_open":
                anchor = slug(plain(following), taken)
                token.attrs["id"] = anchor
                self.anchors.add(anchor)
                above, level = self.headings[-1][0] if self.headings else 0, int(token.tag[1])
                if level > above + 1 and above:
                    self.problems.append(f"{source}:{token.map[0] + 1}: the heading '{plain(following)}' is {'#' * level} below "
                                         f"{'#' * above}; headings go down one level at a time")
                self.headings.append((level, anchor, plain(following)))
                self.words.append([])
            elif self.words and token.type in ("inline", "fence", "code_block"):
                self.words[-1].append(plain(token) if token.type == "inline" else token.content)
        if not self.headings or self.headings[0][0] != 1:
            raise ValueError(f"{source}: a page begins with a heading '# ...'")
        self.title = self.headings[0][2]


class Site:
    """`files()`: everything by its place in the site; `problems`: links that lead nowhere and headings that skip a level, with their places."""

    def __init__(self, root, sources):
        self.root, self.sources, self.problems, self.copied = root, sources, [], set()
        self.markdown = MarkdownIt("commonmark", {"xhtmlOut": False}).enable("table")
        for kind in ("table_open", "table_close", "fence", "code_block", "th_open", "th_close", "td_open", "thead_open", "html_block", "html_inline"):
            self.markdown.add_render_rule(kind, globals()[kind])
        self.documents = {source: Document(source, text, self.markdown) for source, text in sources.pages.items()}
        self.problems += [problem for document in self.documents.values() for problem in document.problems]
        self.menu = self.read_menu()

    def read_menu(self):
        """Sections of the list of documents: title, then what each links to, once."""
        sections, seen, self.said = [], set(), {}
        for token, following in zip(self.documents[MENU].tokens, self.documents[MENU].tokens[1:]):
            if token.type == "heading_open" and token.tag == "h2":
                sections.append((plain(following), []))
            for child, words in zip(token.children or [], [*(token.children or [])[1:], None]) if sections else []:
                if child.type == "link_open" and not OUTSIDE.match(child.attrs["href"]):
                    target = self.target(MENU, child.attrs["href"].partition("#")[0])
                    for page in [target, *BESIDE.get(target, [])]:
                        self.said.setdefault(page, words.content)
                        if page not in seen and (page in self.documents or page.endswith(".html")):
                            seen.add(page)
                            sections[-1][1].append(page)
        return sections

    def target(self, source, path):
        path = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
        return posixpath.join(path, "README.md") if (self.root / path).is_dir() else path

    def address(self, source, link, line):
        """What a link of a source is in the site; keeps what is to be copied there."""
        if OUTSIDE.match(link):
            return link
        path, _, anchor = link.partition("#")
        target = self.target(source, path) if path else source
        if target in self.documents:
            if anchor and anchor not in self.documents[target].anchors:
                self.problems.append(f"{source}:{line}: the link '{link}' leads nowhere; {target} has no heading of that name")
        elif (self.root / target).is_file() or target in self.sources.files:
            self.copied.add(target)
        else:
            self.problems.append(f"{source}:{line}: the link '{link}' leads nowhere; there is no {target}")
            return link
        path = posixpath.relpath(place(target), posixpath.dirname(place(source)) or ".") if path else ""
        return f"{path}#{anchor}" if anchor else path

    def named(self, source, text):
        """The source or file that a text names by path, from its own folder or from the root."""
        for path in (self.target(source, text), posixpath.normpath(text)):
            if path in self.documents or (path.startswith("docs/") and path.endswith(".html") and (self.root / path).is_file()):
                return path
        return None

    def with_links(self, source, token):
        """The children of a piece of text, links and pictures led to where they are, and pages that are named made links."""
        line, found, inside = (token.map or [0])[0] + 1, [], False
        for child in token.children:
            inside = child.type == "link_open" or (inside and child.type != "link_close")
            if child.type == "link_open":
                child.attrs["href"] = self.address(source, child.attrs["href"], line)
            elif child.type == "image":
                self.describe(source, child, line)
            found += self.linked(source, child) if child.type == "text" and not inside else [child]
        token.children = found

    def describe(self, source, image, line):
        """A picture without words has those of its own title."""
        link = image.attrs["src"]
        if not image.children and link.endswith(".svg") and (self.root / self.target(source, link)).is_file():
            title = re.search(r"<title[^>]*>(.*?)</title>", (self.root / self.target(source, link)).read_text(encoding="utf-8"), re.DOTALL)
            image.children = [Token("text", "", 0, content=html.unescape(title[1]))] if title else []
        image.attrs["src"] = self.address(source, link, line)

    def linked(self, source, text):
        parts, last = [], 0
        for match in NAMED.finditer(text.content):
            page = self.named(source, match[0])
            if page is None or page == source:
                continue
            link = posixpath.relpath(page, posixpath.dirname(source) or ".")
            parts += [Token("text", "", 0, content=text.content[last:match.start()]),
                      Token("link_open", "a", 1, attrs={"href": self.address(source, link, 0)}),
                      Token("text", "", 0, content=self.documents[page].title if page in self.documents else match[0]), Token("link_close", "a", -1)]
            last = match.end()
        return [*parts, Token("text", "", 0, content=text.content[last:])] if parts else [text]

    def menu_of(self, document):
        """The menu as HTML: the section of the page is open, and the page has its own headings below."""
        def link(page, current):
            title = self.documents[page].title if page in self.documents else self.said[page]
            here = ' aria-current="page"' if current else ""
            return f'<a href="{posixpath.relpath(place(page), posixpath.dirname(document.place) or ".")}"{here}>{html.escape(title)}</a>'

        found = []
        for title, pages in [("Begin", ["README.md", MENU]), *self.menu]:
            rows = []
            for page in pages:
                current = page == document.source
                inner = "".join(f'<li><a href="#{anchor}">{html.escape(head)}</a></li>\n' for level, anchor, head in document.headings if level == 2)
                rows.append(f"<li>{link(page, current)}" + (f"\n<ul>\n{inner}</ul>\n" if current and inner else "") + "</li>\n")
            state = " open" if document.source in pages or title == "Begin" else ""
            found.append(f"<details{state}>\n<summary>{html.escape(title)}</summary>\n<ul>\n{''.join(rows)}</ul>\n</details>\n")
        self.copied.update(page for _, pages in self.menu for page in pages if page not in self.documents)
        return "".join(found)

    def page(self, document, template):
        heading = document.title
        for token in document.tokens:
            if token.type == "inline":
                self.with_links(document.source, token)
        body = self.markdown.renderer.render(document.tokens, self.markdown.options, {"of": heading, "tables": 0})
        root = posixpath.relpath(".", posixpath.dirname(document.place) or ".")
        made_from = "the docstrings of analysis/coalis/" if document.source == REFERENCE else document.source
        return template.substitute(title=html.escape(document.title), root=root, menu=self.menu_of(document), body=body, source=made_from)

    def index(self):
        """What the search looks through: address, page, heading and text of every section."""
        rows = [[f"{document.place}#{anchor}", document.title, title, re.sub(r"\s+", " ", " ".join(words))]
                for document in self.documents.values() for (_, anchor, title), words in zip(document.headings, document.words)]
        return f"coalisIndex({json.dumps(rows, ensure_ascii=False, separators=(',', ':'))});\n"

    def files(self):
        template = Template((HERE / "page.html").read_text(encoding="utf-8"))
        made = {document.place: self.page(document, template).encode() for document in self.documents.values()}
        made["search-index.js"] = self.index().encode()
        made |= {name: (HERE / name).read_bytes() for name in ("site.css", "search.js")}
        self.problems += [f"{name} would be two pages of the site; name one of them otherwise" for name in sorted(set(made) & self.copied)]
        return made | {name: self.sources.files.get(name) or (self.root / name).read_bytes() for name in sorted(self.copied)}


def table_open(_, tokens, i, __, env):
    env["tables"] += 1
    return f'<section class="scroll" tabindex="0" aria-label="Table {env["tables"]} of {html.escape(env["of"])}">\n<table>\n'


def table_close(*_):
    return "</table>\n</section>\n"


def thead_open(_, tokens, i, __, env):
    """A head without words is none."""
    end = next(j for j in range(i, len(tokens)) if tokens[j].type == "thead_close")
    if not any(token.content.strip() for token in tokens[i:end]):
        for token in tokens[i:end + 1]:
            token.hidden, token.type = True, "nothing"
            token.tag = ""
        return ""
    return "<thead>\n"


def th_open(_, tokens, i, __, env):
    """Above a column without a name is a cell, no heading."""
    return f'<th scope="col"{style_of(tokens[i])}>' if tokens[i + 1].content.strip() else "<td>"


def th_close(_, tokens, i, __, env):
    return "</th>\n" if tokens[i - 1].content.strip() else "</td>\n"


def td_open(_, tokens, i, __, ___):
    return f"<td{style_of(tokens[i])}>"


def style_of(token):
    """The style sheet has what the text sets right."""
    return ' class="number"' if "right" in str(token.attrs.get("style", "")) else ""


def block(text):
    """Lines that may be wider than a small screen can be moved sideways by keyboard, too."""
    text = re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)
    wide = ' tabindex="0"' if max((len(line) for line in text.splitlines()), default=0) > 30 else ""
    return f"<pre{wide}><code>{html.escape(text)}</code></pre>\n"


def fence(_, tokens, i, __, ___):
    return block(tokens[i].content)


def html_block(_, tokens, i, __, ___):
    """Comments are marks for generated parts; other HTML is shown as it is written."""
    rest = re.sub(r"<!--.*?-->", "", tokens[i].content, flags=re.DOTALL)
    return html.escape(rest) if tokens[i].type == "html_inline" else f"<p>{html.escape(rest.strip())}</p>\n" if rest.strip() else ""


code_block, html_inline = fence, html_block
