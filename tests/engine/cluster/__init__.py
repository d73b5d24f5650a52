"""What hands streams out to be drained: what each kind of driver promises."""
