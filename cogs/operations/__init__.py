"""Operations' commands, with their buttons, windows and suggestions."""
