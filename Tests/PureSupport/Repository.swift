import Foundation

/// Where things are, seen from the tests.
public enum Repository {
    public static let root: String = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent()
        .deletingLastPathComponent().path

    public static func fixture(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: "\(root)/Fixtures/\(path)")))
    }

    /// The tests' own folder.
    public static var home: String { ProcessInfo.processInfo.environment["KHOP_TEST_HOME"] ?? root + "/.khop/test" }
}
