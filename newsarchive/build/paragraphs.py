"""Texts of plain paragraphs become HTML without the parser, as the parser would have made it."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from markdown import Markdown, blockprocessors, inlinepatterns, preprocessors, treeprocessors
from markdown.extensions import md_in_html, meta, toc
from markdown.serializers import to_html_string, to_xhtml_string

# What processes a text: its class, and the pattern of those that search for one.
_Part = tuple[type, str]

_EXTENSIONS = (
    *("abbr", "attr_list", "codehilite", "def_list", "fenced_code", "footnotes", "meta"),
    *("tables", "toc"),
)
_ESSENTIAL: set[_Part] = {
    (preprocessors.NormalizeWhitespace, ""),
    (blockprocessors.EmptyBlockProcessor, ""),
    (blockprocessors.ParagraphProcessor, ""),
    (inlinepatterns.EscapeInlineProcessor, inlinepatterns.ESCAPE_RE),
    (treeprocessors.InlineProcessor, ""),
    (treeprocessors.PrettifyTreeprocessor, ""),
    (treeprocessors.UnescapeTreeprocessor, ""),
}
_RAW_HTML: set[_Part] = {
    (preprocessors.HtmlBlockPreprocessor, ""),
    (md_in_html.HtmlBlockPreprocessor, ""),
    (inlinepatterns.HtmlInlineProcessor, inlinepatterns.HTML_RE),
}
_METADATA: _Part = (meta.MetaPreprocessor, "")

# Where a text, between two line breaks, may be more than paragraphs. The search is for one of a
# few characters, which is quick, and looks closer only there.
_MARKUP = r"""
    [\x00-\x1f*_`|\\&\]<>] (?:
        (?<= [\x00-\x09\x0b-\x1f] )                 # controls, and tabs
      | (?<= [*_`|] ) (?<! \\. )                    # emphasis, code and tables
      | (?<= \\ ) \\                                # an escape that hides another
      | (?<= & ) (?: [\#\\] | (?i:[0-9a-z])+ ; )    # an entity, or what an escape makes one
      | (?<= \] ) \(                                # a link; all others need a definition
      | (?<= \n ) (?:
            [ \#=>~\[{{]                            # code, headings, quotations, attributes
          | [-+][- \n] | :[ ] | \d+\.[ ]            # lists, rules, definitions
        )
      | (?<= [ ][ ]\n ) [^\n]                       # a line broken on purpose
      | {angles}
    )
"""
# Raw HTML needs a ">" without a backslash, or to begin a line, where "\<DIV\>" has a backslash.
_ANGLES_OF_HTML = r"""
    (?<= > ) (?<! \\> )
  | (?<= < ) (?: [!?] | [A-Za-z] (?<! \\<. ) | / (?! (?<= \\</ ) [A-Za-z][A-Za-z0-9]*+ \\> ) )
"""
# Where "<" is text and has an escape, there are still <https://x.org> and <desk@example.org>.
_ANGLES_OF_LINKS = r"""
    (?<= < ) (?<! \\< ) (?: [A-Za-z][A-Za-z0-9+.\-]*+ : | (?: [^<> !\\@] | \\[^@] )*+ \\? @ )
"""
_METADATA_LINE = re.compile(r"[A-Za-z0-9_-]+:|---|\.\.\.")


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """The shortcut for the texts of one parser; ``of`` makes it.

    It gives the HTML alone: nothing is left in the parser, such as ``Meta`` or ``toc``.
    """

    _markup: re.Pattern[str]
    _escapes: re.Pattern[str]
    _metadata: bool
    _marker: str

    @classmethod
    def of(cls, markdown: Markdown, harmless: Collection[type] = ()) -> "Paragraphs | None":
        """Make the shortcut for a parser, or None where the parser has what is not known here.

        Known are Python-Markdown and the extensions it brings for Markdown Extra, metadata,
        highlighting and contents; and the classes in ``harmless``, which leave alone a paragraph
        that holds nothing but text. What is registered later goes unnoticed.
        """
        parts = [
            [part for part in registry if part[0] not in harmless] for registry in _parts(markdown)
        ]
        found = {part for registry in parts for part in registry}
        if not (_ordinary(markdown) and found >= _ESSENTIAL and _in_order(parts)):
            return None
        text = found.isdisjoint(_RAW_HTML) and "<" in markdown.ESCAPED_CHARS
        angles = _ANGLES_OF_LINKS if text else _ANGLES_OF_HTML
        escaped = "".join(map(re.escape, markdown.ESCAPED_CHARS))
        contents = [part for part in markdown.treeprocessors if type(part) is toc.TocTreeprocessor]
        return cls(
            re.compile(_MARKUP.format(angles=angles), re.VERBOSE),
            re.compile(rf"\\(?=[{escaped}])"),
            _METADATA in found,
            contents[0].marker if contents else "",
        )

    def convert(self, text: str) -> str | None:
        """Give what the parser, once reset, gives for a text, or None where that is not certain."""
        if (
            self._markup.search(f"\n{text}\n")
            or (self._metadata and _METADATA_LINE.match(text))
            or (self._marker and self._marker in text)
        ):
            return None
        if "\\" in text:
            text = self._escapes.sub("", text)
        if "&" in text:
            text = text.replace("&", "&amp;")
        text = text.replace("<", "&lt;").replace(">", "&gt;")
        blocks = [block.lstrip() for block in f"{text}\n\n".split("\n\n")]
        return "\n".join([f"<p>{block}</p>" for block in blocks if block])


def _parts(markdown: Markdown) -> list[list[_Part]]:
    registries = (
        *(markdown.preprocessors, markdown.parser.blockprocessors, markdown.inlinePatterns),
        *(markdown.treeprocessors, markdown.postprocessors),
    )
    return [[(type(part), getattr(part, "pattern", "")) for part in each] for each in registries]


@lru_cache(maxsize=1)
def _stock() -> tuple[Markdown, Markdown]:
    """Make parsers with all that is known; the last extension takes places of the first parser."""
    extensions = [f"markdown.extensions.{name}" for name in _EXTENSIONS]
    return (
        Markdown(extensions=extensions),
        Markdown(extensions=[*extensions, "markdown.extensions.md_in_html"]),
    )


def _ordinary(markdown: Markdown) -> bool:
    """Tell whether all but the registered parts of a parser is as Python-Markdown makes it."""
    stock = _stock()[1]
    extensions = markdown.registeredExtensions
    return (
        type(markdown) is Markdown
        and type(markdown.parser) is type(stock.parser)
        and {*map(type, extensions)} <= {*map(type, stock.registeredExtensions)}
        and not any(getattr(extension, "glossary", None) for extension in extensions)
        and markdown.serializer in {to_html_string, to_xhtml_string}
        and markdown.tab_length == stock.tab_length
        and (markdown.doc_tag, markdown.stripTopLevelTags) == (stock.doc_tag, True)
        and {"div", "p"} <= {*markdown.block_level_elements}
        and {*Markdown().ESCAPED_CHARS} <= {*markdown.ESCAPED_CHARS} <= {*stock.ESCAPED_CHARS, "<"}
    )


def _in_order(parts: list[list[_Part]]) -> bool:
    """Tell whether a parser has known parts only, in the order in which they belong."""

    def within(found: list[_Part], known: list[_Part]) -> bool:
        rest = iter(known)
        return all(part in rest for part in found)

    return any(all(map(within, parts, _parts(stock))) for stock in _stock())
