"""`./run check`: what there is to prove, each in a step of its own, side by side."""
