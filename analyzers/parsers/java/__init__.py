"""The little of Java source that connection pools and log calls need."""

from analyzers.parsers.java.file import JavaCall, JavaFile, JavaMethod
from analyzers.parsers.java.reader import parse_java
from analyzers.parsers.java.value import Value

__all__ = ["JavaCall", "JavaFile", "JavaMethod", "Value", "parse_java"]
