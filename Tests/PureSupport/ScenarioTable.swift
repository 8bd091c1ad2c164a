/// A table of events, one a line: what happens, and behind `->` what is expected of it.
///
/// ```
/// request R1 due 10000 on A      # what there is
/// notice T1 4000 R1              -> partial paid_in_part applied 4000 remaining 6000
/// + notice T2 6000 R1            -> settled paid_in_full applied 6000 remaining 0 paid
/// ```
/// A line that begins with `+` belongs to the same batch as the one before it. What follows `#` is for the reader.
public struct ScenarioTable {
    public let rows: [Row]

    /// One event.
    public struct Row {
        /// Its line in the table, from 1.
        public let line: Int
        /// What happens: the first word.
        public let verb: String
        /// The words that are neither the verb nor options.
        public let words: [String]
        /// Options that take a value, by name.
        public let options: [String: String]
        /// Options that stand alone.
        public let flags: Set<String>
        public let continuesBatch: Bool
        /// What stands behind `->`, with single spaces; `nil` without an arrow.
        public let expected: String?

        /// The words, when there are as many as the verb needs.
        public func words(_ count: Int) throws(ScenarioFault) -> [String] {
            guard words.count == count else {
                throw fault("\(verb) takes \(count) words, not \(words.count): \(words)")
            }
            return words
        }

        public func fault(_ what: String) -> ScenarioFault { ScenarioFault(line: line, what: what) }
    }

    /// Reads a table; every word that is no option counts as one of the verb's own words.
    public init(_ text: String, options names: Set<String>, flags flagNames: Set<String> = []) throws(ScenarioFault) {
        var rows: [Row] = []
        for (index, full) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let content = full.prefix { $0 != "#" }
            let halves = content.split(separator: "->", maxSplits: 1, omittingEmptySubsequences: false)
            var words = (halves.first ?? "").split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
            let expected =
                halves.count > 1 ? halves[1].split(separator: " ").map(String.init).joined(separator: " ") : nil
            guard !words.isEmpty else {
                guard expected == nil else { throw ScenarioFault(line: index + 1, what: "nothing happens") }
                continue
            }
            let continues = words[0] == "+"
            if continues { words.removeFirst() }
            guard let verb = words.first else { throw ScenarioFault(line: index + 1, what: "nothing happens") }
            var own: [String] = []
            var options: [String: String] = [:]
            var flags: Set<String> = []
            var rest = words.dropFirst()
            while let word = rest.popFirst() {
                if flagNames.contains(word) {
                    flags.insert(word)
                } else if names.contains(word) {
                    guard let value = rest.popFirst(), options.updateValue(value, forKey: word) == nil else {
                        throw ScenarioFault(line: index + 1, what: "\(word) needs one value")
                    }
                } else {
                    own.append(word)
                }
            }
            rows.append(
                Row(
                    line: index + 1,
                    verb: verb,
                    words: own,
                    options: options,
                    flags: flags,
                    continuesBatch: continues,
                    expected: expected
                )
            )
        }
        self.rows = rows
    }
}

/// A line of a table that cannot be read.
public struct ScenarioFault: Error, CustomStringConvertible {
    public let line: Int
    public let what: String

    public init(line: Int, what: String) {
        self.line = line
        self.what = what
    }

    public var description: String { "line \(line) of the table: \(what)" }
}
