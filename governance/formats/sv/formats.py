"""Swedish forms where Django's own differ from the language council's: kl. 14.32."""

TIME_FORMAT = "H.i"
SHORT_DATE_FORMAT = "Y-m-d"
DATE_FORMAT = "j F Y"
DATETIME_FORMAT = r"Y-m-d \k\l. H.i"
SHORT_DATETIME_FORMAT = r"Y-m-d \k\l. H.i"
