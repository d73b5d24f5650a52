"""The features of the bridge, one folder each, in five areas."""
