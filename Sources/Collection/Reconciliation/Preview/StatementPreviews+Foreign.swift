import Statements
public import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension StatementPreviews {
    /// What a file is that is no statement whatever is in it, and what to do; `nil` for one that may be a statement.
    ///
    /// - Throws: for a file that cannot be opened.
    public static func refusal(ofFile path: String) throws -> Phrase? {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
        return ForeignFile.told(Array(bytes.prefix(ForeignFile.headBytes)))
    }
}
