"""HTTP to action, action to page. Everything answers 404 to whoever has no chair."""
