"""Makes the table of the world's cities and regions from GeoNames and Unicode CLDR."""
