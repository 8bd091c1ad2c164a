/// Rows with their line numbers, and every fault.
public struct ParsedCatalogue: Sendable {
    public var rows = CatalogueRows()
    /// The files given; the others stay as they are in force.
    public var files: Set<CatalogueFile> = []
    /// The line of each row, beside `rows`.
    public var lines: [CatalogueFile: [Int]] = [:]
    public var faults: [CatalogueFault] = []

    public init() {}
}
