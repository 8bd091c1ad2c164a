import Foundation
import TestSupport
import Testing

/// The program itself, killed with SIGKILL in the middle of a flood, and PostgreSQL under it. `ops/chaos` is the long form.
@Suite struct ChaosTests {
    @Test func `what was acknowledged is in the books once, whatever was killed`() throws {
        let program = KhopProgram.path
        try #require(FileManager.default.isExecutableFile(atPath: program), "swift build --build-tests makes it")
        let printed = try OtherProgram.run(
            "python3",
            [
                Repository.root + "/ops/chaos.py", "--khop", program, "--kills", "3", "--limit", "1200", "--catalogue",
                Repository.root + "/Fixtures/catalogue",
            ]
        )
        let text = String(decoding: printed, as: UTF8.self)
        #expect(text.contains("\"ok\": true"), "\(text)")
    }
}
