"""What scripts/site is made of: sources to Markdown, Markdown to pages, the reference of the Python package."""
