"""Articles become groups: topics, sections, people, dates and pairs, in one linear pass."""
