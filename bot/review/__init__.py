"""One change reviewed. Pure but for run.py; knows no forge but through `forges.base`."""
