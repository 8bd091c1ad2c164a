import Foundation
import Spreadsheets
import Testing

@Suite struct PrivateFolderTests {
    @Test func `a temporary folder is its user's alone, and gone afterwards`() throws {
        let mask = umask(0)
        defer { umask(mask) }
        let path = try PrivateFolder.with { path in
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o700)
            try Data("x".utf8).write(to: URL(fileURLWithPath: path + "/x"))
            return path
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }
}
