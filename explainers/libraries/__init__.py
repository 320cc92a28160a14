"""The methods of other libraries, a package each."""
