import Foundation
import PureSupport
import TestSupport
import Testing
import Values

/// The demonstration province that ops/run begins with: a few days of it, in a folder of its own.
@Suite struct ProvinceTests {
    /// What runs with a sanitizer wants to be loaded before everything else, and so does the province's clock.
    private static let isWatched = ProcessInfo.processInfo.environment["KHOP_TEST_BUILD"] != nil

    /// A port that nobody listens on at this moment.
    private static func freePort() throws -> UInt16 {
        let opened = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(opened) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(opened, $0, size) == 0 ? getsockname(opened, $0, &size) : -1
            }
        }
        try #require(opened >= 0 && status == 0)
        return UInt16(bigEndian: address.sin_port)
    }

    @Test(.enabled(if: !isWatched))
    func `a few days are lived through in the past, leave books that agree, and are not repeated`() async throws {
        let home = FileManager.default.temporaryDirectory.path + "/khop-province-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
        defer { do { try FileManager.default.removeItem(atPath: home) } catch {} }
        chmod(home, 0o711)
        // The service may run as another user, who need not be able to enter the folder of the build.
        let program = home + "/khop"
        try FileManager.default.copyItem(atPath: KhopProgram.path, toPath: program)
        chmod(program, 0o755)
        var environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("KHOP_") }
        environment.merge(
            [
                "KHOP_HOME": home, "KHOP_PORT": String(try ProvinceTests.freePort()), "KHOP_LANG": "en",
                "PYTHONDONTWRITEBYTECODE": "1",
            ]
        ) { $1 }
        let given = environment
        func run(_ program: String, _ arguments: [String]) throws -> (Int32, String, String) {
            let ended = try OtherProgram.finish(program, arguments, environment: given)
            return (
                ended.status, String(decoding: ended.output, as: UTF8.self),
                String(decoding: ended.errors, as: UTF8.self)
            )
        }
        let province = ["--days", "4", "--share", "0.3", "--seed", "7", "--verbose"]
        let (status, _, told) = try run(Repository.root + "/ops/province", province)
        try #require(status == 0, "\(told)")
        #expect(told.contains("seed 7: 4 days") && !told.contains("refused:"), "\(told)")

        defer { do { _ = try run(program, ["database", "stop"]) } catch {} }
        // Foundation waits until everybody has closed a socket that the program inherits, so that this also tells whether
        // the cluster that goes on was given anything of its starter's.
        #expect(try run(program, ["database", "start"]).0 == 0)
        // On the real clock everything lies in the past: nothing has yet to happen.
        for check in [["ledger", "verify"], ["seal", "verify"]] {
            let (status, output, errors) = try run(program, check)
            #expect(status == 0, "\(output)\(errors)")
        }
        let (_, persons, _) = try run(program, ["person", "list", "--json"])
        let known = try #require(try JSON.parse(persons).array)
        #expect(known.count == 6 && known.allSatisfy { $0["ready"] == true })
        let added = known.compactMap { $0["created_at"]?.string.flatMap { Instant($0) } }
        let now = Instant.now()
        #expect(added.count == 6)
        #expect(added.allSatisfy { $0 < now.adding(seconds: -3 * 86_400) && $0 > now.adding(seconds: -6 * 86_400) })
        let (_, statements, _) = try run(program, ["statement", "list", "--json"])
        #expect(try JSON.parse(statements)["items"]?.array?.isEmpty == false, "\(statements.prefix(500))")

        let (again, _, refusal) = try run(Repository.root + "/ops/province", province)
        #expect(again == 2 && refusal.contains("only made in a new one"), "\(refusal)")
    }
}
