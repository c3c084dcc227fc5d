"""The Reuters-21578 stories, an archive of real size."""
