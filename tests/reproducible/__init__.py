"""One instant, one content, one site: whoever builds it, where, when and how."""
