"""Who is offered a waiting fan first, and when everybody is."""
