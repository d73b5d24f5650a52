"""The kill soak: the real bridge under faults and SIGKILL, three ledgers compared."""
