"""The demo's people served. Every one of them is made up; names are combined by chance, ID numbers use the office
code 9999, which does not exist."""
