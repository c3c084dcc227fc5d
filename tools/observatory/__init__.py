"""`make observatory`: what MDN's HTTP Observatory says of the shipped nginx."""
