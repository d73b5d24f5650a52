"""Posts that members suggest: put up, published once or refused."""
