import Foundation
import PureSupport
import Synchronization
import TestSupport
import Testing
import Values

/// The catalogue and the national database of procedures, from the command line: fetched from a real server, compared.
@Suite struct NationalDatabaseTests {
    /// An adapter that knows two procedures, forgets one, and answers with an error of its own where it is asked for another.
    private static func adapter(_ bytes: [UInt8]) -> (Int, String) {
        guard let asked = try? JSON.parse(bytes) else { return (400, "no") }
        if asked["username"] != nil {
            let isRight = asked["username"] == "h44" && asked["password"] == "se cret"
            return (
                200, isRight ? #"{"error_code": "0", "session": "s-1"}"# : #"{"error_code": "7", "message": "wrong"}"#
            )
        }
        guard asked["session"] == "s-1", asked["madonvi"] == "H44" else { return (200, #"{"error_code": 9}"#) }
        switch (asked["service"]?.string, asked["maTTHC"]?.string) {
        case ("LayDanhSachTTHC", _):
            return (200, #"{"error_code": "0", "result": [{"MATTHC": "1.004222"}, {"MATTHC": "1.004194"}]}"#)
        case ("LayThuTuc", "1.004222"):
            let text = try? Repository.fixture("procedures/laythutuc.json")
            return (200, String(decoding: text ?? [], as: UTF8.self).replacing("20.000", with: "25.000"))
        case ("LayThuTuc", "1.004194"): return (200, "<html>Bảo trì</html>")
        default: return (200, #"{"error_code": "3", "message": "không có"}"#)
        }
    }

    private static func fetch(
        _ khop: KhopProgram,
        _ receiver: EventReceiver,
        _ folder: String,
        password: String = "se cret",
        more: [String] = []
    ) async throws -> KhopProgram.Result {
        try Data(password.utf8).write(to: URL(fileURLWithPath: folder + "/password"))
        return try await khop.runAside(
            [
                "catalogue", "fetch", "--url", "http://127.0.0.1:\(receiver.port)", "--login-path", "/login",
                "--service-path", "/service", "--dstcode", "VN:GOV", "--unit", "H44", "--username", "h44",
                "--password-file", folder + "/password", "--output", folder + "/national.json",
            ] + more
        )
    }

    @Test func `what is fetched is compared, and what fails is told`() async throws {
        try await TestDatabase.withServices { services in
            try await EventReceiver.with { receiver in
                receiver.behave(.reply(Self.adapter), at: "/login")
                receiver.behave(.reply(Self.adapter), at: "/service")
                let khop = KhopProgram(services.database.pool.options)
                let folder = FileManager.default.temporaryDirectory.path + "/khop-national-\(UUID().uuidString)"
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                defer { do { try FileManager.default.removeItem(atPath: folder) } catch {} }
                let fetched = try await Self.fetch(khop, receiver, folder)
                // One was a page instead of JSON: told, and the other is there.
                #expect(fetched.status == 1 && fetched.errors.contains("1.004194"), "\(fetched)")
                #expect(receiver.received.allSatisfy { $0.headers["dstcode"] == "VN:GOV" })
                #expect(!fetched.errors.contains("se cret") && !fetched.output.contains("se cret"))
                let compared = try await khop.runAside([
                    "catalogue", "compare", folder + "/national.json", "--agency", "H44.01", "--on", "2026-11-21",
                    "--json",
                ])
                #expect(compared.status == 1, "\(compared)")
                let told = try JSON.parse(compared.output)
                let ours = (told["differences"]?.array ?? []).filter { $0["procedure_code"] == "1.004222" }
                #expect(ours.count == 1 && ours[0]["kind"] == "price_differs" && ours[0]["way"] == "counter", "\(ours)")
                #expect(ours[0]["sentence_vi"]?.string?.contains("25.000") == true)
                let table = try await khop.runAside([
                    "catalogue", "compare", folder + "/national.json", "--agency", "H44.01", "--on", "2026-11-21",
                ])
                #expect(table.output.contains("1.004222") && table.output.contains("25,000"), "\(table.output)")
            }
        }
    }

    @Test func `a wrong password, a page and an address without TLS are said`() async throws {
        try await TestDatabase.withServices { services in
            try await EventReceiver.with { receiver in
                receiver.behave(.reply(Self.adapter), at: "/login")
                let khop = KhopProgram(services.database.pool.options)
                let folder = FileManager.default.temporaryDirectory.path + "/khop-national-\(UUID().uuidString)"
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                defer { do { try FileManager.default.removeItem(atPath: folder) } catch {} }
                let wrong = try await Self.fetch(khop, receiver, folder, password: "other")
                #expect(wrong.status != 0 && wrong.errors.contains("7 wrong"), "\(wrong)")
                receiver.behave(.answer(503, body: "<html>"), at: "/login")
                let away = try await Self.fetch(khop, receiver, folder)
                #expect(away.status != 0 && away.errors.contains("503"), "\(away)")
                #expect(!FileManager.default.fileExists(atPath: folder + "/national.json"))
                let open = try await Self.fetch(khop, receiver, folder, more: ["--url", "http://gateway.example"])
                #expect(open.status != 0 && open.errors.contains("https"), "\(open)")
            }
        }
    }
}
