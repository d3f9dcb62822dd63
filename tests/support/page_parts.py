"""The part of a page that is for those who decide, as texts."""
import html.parser
import re


class Part(html.parser.HTMLParser):
    """Of the first section: the texts of its elements, with what they stand in."""

    BLOCKS = {"p", "li", "dt", "dd", "h2", "h3", "th", "td", "caption", "text", "title", "desc", "summary", "figure", "tr", "div", "svg"}

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.open, self.texts, self.svgs, self.tables = [], [], 0, 0
        self.feed(re.search(r'<section id="\w+" aria-labelledby="\S+" class="decider">(.*?)</section>', page, re.DOTALL)[1])

    def handle_starttag(self, tag, attributes):
        self.open.append((tag, dict(attributes).get("class") or ""))
        self.svgs += tag == "svg"
        self.tables += tag == "table"
        if tag in self.BLOCKS:
            self.texts.append([tuple(self.open), ""])

    def handle_startendtag(self, tag, attributes):
        pass

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag
        self.texts.append([tuple(self.open), ""])

    def handle_data(self, data):
        if self.texts:
            self.texts[-1][1] += data

    def said(self, inside=None, without=()):
        """Texts in an element of a tag or class, and in none of others."""
        def stands(opened, name):
            return any(name in (tag, *classes.split()) for tag, classes in opened)
        return [" ".join(text.split()) for opened, text in self.texts if text.strip() and (not inside or stands(opened, inside))
                and not any(stands(opened, name) for name in without)]
