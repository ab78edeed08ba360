"""PostgreSQL: the tables, and every statement that reads or changes them."""
