"""Wire copy becomes a post: pure parsers, and one module that touches disk."""
