"""Tables, their migrations, and the questions asked of them."""
