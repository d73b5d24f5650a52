"""Every view of the bridge, reached on the stand-ins and photographed."""
