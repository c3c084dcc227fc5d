"""What is deployed, as it is deployed."""
