"""What the parts of a band share: the request they are asked with, the harmony they follow, the end of every take."""
