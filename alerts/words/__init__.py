"""The words of digests: one small file per language, all of the same shape. Leans on Babel."""
