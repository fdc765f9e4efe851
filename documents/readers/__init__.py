"""Pure readers of files that came from anybody: bytes and options in, one struct out.

They run in a child of their own (documents.untrusted) and import neither Django nor our models.
"""


class Unfit(Exception):
    """The file can be read but is not to be; says why, in Swedish."""
