"""What one visitor may ask for, so that no visitor stops the others."""
