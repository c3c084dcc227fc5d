"""Who is named as a story's author outside the archive."""

from newsarchive.article.article import Article


def authors_of(article: Article) -> tuple[str, ...]:
    """Who signed the story, spelled as in its byline; where nobody did, its source."""
    if article.authors:
        return article.authors
    return (article.source,) if article.source else ()
