"""What leaves the program: CSV and zip."""
