import Values

/// The differences between a catalogue and the one in force.
public struct CatalogueDifference: Sendable {
    public enum Change: String, Sendable, CaseIterable { case added, ended, changed }

    /// One row that differs.
    public struct Entry: Sendable, Hashable {
        public let file: CatalogueFile
        public let change: Change
        /// The fields before; `nil` for a row that is new.
        public let before: [String]?
        /// The new fields; `nil` for a row that is gone.
        public let after: [String]?
    }

    public private(set) var entries: [Entry] = []
    public private(set) var unchanged: [CatalogueFile: Int] = [:]

    public func count(_ change: Change, _ file: CatalogueFile? = nil) -> Int {
        entries.count { $0.change == change && (file == nil || $0.file == file) }
    }

    public var unchangedCount: Int { unchanged.values.reduce(0, +) }

    /// Compares files; a file that is not given stays as it is.
    public init(from old: CatalogueRows, to new: CatalogueRows, files: Set<CatalogueFile>) {
        compare(old.localities, new.localities, files)
        compare(old.agencies, new.agencies, files)
        compare(old.procedures, new.procedures, files)
        compare(old.fees, new.fees, files)
        compare(old.reductions, new.reductions, files)
        compare(old.discounts, new.discounts, files)
        compare(old.targets, new.targets, files)
    }

    private mutating func compare<Row: CatalogueRow>(_ old: [Row], _ new: [Row], _ files: Set<CatalogueFile>) {
        guard files.contains(Row.file) else {
            unchanged[Row.file] = old.count
            return
        }
        var before = Dictionary(old.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        for row in new {
            guard let was = before.removeValue(forKey: row.key) else {
                entries.append(Entry(file: Row.file, change: .added, before: nil, after: row.fields))
                continue
            }
            if was == row {
                unchanged[Row.file, default: 0] += 1
            } else {
                let isEnd = was.withoutEnd == row.withoutEnd && row.endsBefore(was)
                entries.append(
                    Entry(file: Row.file, change: isEnd ? .ended : .changed, before: was.fields, after: row.fields)
                )
            }
        }
        // In the order of the old file, not that of a dictionary.
        for row in old where before[row.key] != nil {
            entries.append(Entry(file: Row.file, change: .ended, before: row.fields, after: nil))
        }
    }
}

extension CatalogueRow {
    fileprivate func endsBefore(_ other: Self) -> Bool {
        guard let column = Self.file.columns.firstIndex(of: "valid_to") else { return false }
        let (mine, theirs) = (fields[column], other.fields[column])
        return !mine.isEmpty && (theirs.isEmpty || mine < theirs)
    }
}
