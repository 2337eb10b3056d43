"""Training of the encoder, by `make model`: labelled sentences in, the weights that detection runs out."""
