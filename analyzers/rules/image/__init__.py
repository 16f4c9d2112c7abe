"""What ships is too big, too open or not what it seems."""
