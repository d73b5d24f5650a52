"""What the bridge does, one folder a feature, in five areas."""
