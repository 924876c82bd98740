"""The index that search asks: made of the record alone, written with each change, verified and made anew."""
