"""Results -> sections of words, tables and charts; then html, docx, markdown, xlsx, json."""
