"""Pictures: plain values to SVG, readable without colour; classes only, since the page allows no inline style."""
