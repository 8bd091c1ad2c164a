/// A row of a catalogue file, with its key and its fields.
public protocol CatalogueRow: Sendable, Hashable {
    static var file: CatalogueFile { get }
    /// Unique among the rows of a catalogue.
    var key: [String] { get }
    /// The fields in the order of `CatalogueFile.columns`.
    var fields: [String] { get }
    /// The same row without its last day, which distinguishes an ended row from a changed one.
    var withoutEnd: Self { get }
}
