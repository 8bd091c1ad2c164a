extension StringProtocol {
    /// Without white space at its ends.
    public func trimming() -> String { trimming(while: \.isWhitespace) }

    /// Without such characters at its ends.
    public func trimming(while isLoose: (Character) -> Bool) -> String {
        var slice = self[...]
        while let first = slice.first, isLoose(first) { slice.removeFirst() }
        while let last = slice.last, isLoose(last) { slice.removeLast() }
        return String(slice)
    }
}
