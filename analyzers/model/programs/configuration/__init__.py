"""How Go programs are configured: environment, flags, tagged structs and the libraries that read them."""
