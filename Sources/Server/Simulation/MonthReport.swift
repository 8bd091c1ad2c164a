public import BankCallbacks
public import Values

/// What happened in a simulated month, and what was not as it had to be.
public struct MonthReport: Sendable {
    /// What became of all transfers of one kind.
    public struct Line: Sendable {
        public var planted = 0
        /// Those whose fault was named as it had to be.
        public var named = 0
        /// What became of them, in words of the books: how often each.
        public var outcomes: [String: Int] = [:]
    }

    public internal(set) var transfers = 0
    public internal(set) var kinds: [TransferKind: Line] = [:]
    public internal(set) var moods: [PlatformMood: Line] = [:]
    public internal(set) var files: [PlantedFileFault: Line] = [:]
    /// The account-days whose difference was explained down to 0 at the end.
    public internal(set) var explained = 0
    public internal(set) var complaints: [String] = []
    /// How many complaints there were; only the first are kept.
    public internal(set) var complaintCount = 0

    private static let mostComplaints = 50

    mutating func complain(_ words: String) {
        complaintCount += 1
        if complaints.count < MonthReport.mostComplaints { complaints.append(words) }
    }

    public var isClean: Bool { complaintCount == 0 }

    /// What was planted and named, line by line: the source, the kind, both counts, what became of it.
    public var lines: [(source: String, kind: String, line: Line)] {
        var all: [(source: String, kind: String, line: Line)] = []
        for kind in TransferKind.allCases {
            if let line = kinds[kind] { all.append(("bank", kind.rawValue, line)) }
        }
        for mood in PlatformMood.allCases {
            if let line = moods[mood] { all.append(("platform", mood.rawValue, line)) }
        }
        for fault in PlantedFileFault.allCases {
            if let line = files[fault] { all.append(("platform file", fault.rawValue, line)) }
        }
        return all
    }

    private static func json(_ source: String, _ kind: String, _ line: Line) -> JSON {
        let outcomes = line.outcomes.sorted { $0.key < $1.key }
        return [
            "source": .string(source), "kind": .string(kind), "planted": .integer(line.planted),
            "named": .integer(line.named),
            "outcomes": .object(outcomes.map { JSON.Member($0.key, .integer($0.value)) }),
        ]
    }

    public var json: JSON {
        [
            "transfers": .integer(transfers), "account_days_explained": .integer(explained),
            "planted": .array(lines.map { MonthReport.json($0.source, $0.kind, $0.line) }),
            "complaints": .integer(complaintCount), "first_complaints": .array(complaints.map { .string($0) }),
        ]
    }
}
