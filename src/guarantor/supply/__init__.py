"""What an option takes and what nations could bring, as low, best and high."""
