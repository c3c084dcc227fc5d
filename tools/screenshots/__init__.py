"""`make screenshots`: a contact sheet of the whole theme."""
