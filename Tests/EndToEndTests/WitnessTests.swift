import Collection
import Foundation
import Postgres
import Server
import TestSupport
import Testing
import Values

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Another agency's witness of the seals: `ops/witness`, a program that has nothing of khop, over real HTTP.
@Suite struct WitnessTests {
    /// The program, on a port of its own.
    private struct Witness {
        let url: String
        let folder: String

        static func with(
            _ folder: String = Repository.home + "/witness-\(UUID().uuidString)",
            key: String? = nil,
            port: Int = 0,
            _ body: (Witness) async throws -> Void
        ) async throws {
            let said = FileManager.default.temporaryDirectory.appendingPathComponent("khop-\(UUID().uuidString)")
            try Data().write(to: said)
            defer { do { try FileManager.default.removeItem(at: said) } catch {} }
            let process = Process()
            process.executableURL = URL(fileURLWithPath: OtherProgram.python)
            process.arguments = [Repository.root + "/ops/witness", folder, "\(port)"]
            process.environment = ["PATH": "/usr/bin:/bin"].merging(key.map { ["WITNESS_KEY": $0] } ?? [:]) { $1 }
            process.standardOutput = try FileHandle(forWritingTo: said)
            try process.run()
            defer { kill(process.processIdentifier, SIGKILL) }
            var line = ""
            try await until("the witness") {
                line = String(decoding: try Data(contentsOf: said), as: UTF8.self)
                return line.hasSuffix("\n")
            }
            let url = try #require(line.split(separator: " ").last).trimmingCharacters(in: .whitespacesAndNewlines)
            let witness = Witness(url: url, folder: folder)
            try await body(witness)
            // Not waited for with the process: that would wait for whatever else was started meanwhile.
            kill(process.processIdentifier, SIGKILL)
            try await until("the end of the witness") {
                do {
                    _ = try await witness.heads()
                    return false
                } catch { return true }
            }
        }

        /// What it holds of each seal.
        func heads() async throws -> [JSON] {
            let (data, _) = try await URLSession.shared.data(from: try #require(URL(string: url + "/?after=0")))
            return try data.split(separator: UInt8(ascii: "\n")).map { try JSON.parse($0) }
        }
    }

    private static func telling(_ world: SealedServices, _ url: String) -> WitnessTelling {
        WitnessTelling(
            world.services.database,
            url: url,
            sender: WebhookSender(EventNetworks(allowsLoopback: true))
        )
    }

    @Test func `a witness is told of every seal once, in order, and each is signed`() async throws {
        try await SealedServices.with { world in
            try await Witness.with(key: world.publicKey) { witness in
                let telling = Self.telling(world, witness.url)
                #expect(try await telling.pass() == .idle)
                for number in 1...3 { try await world.record("entry \(number)") }
                #expect(try await telling.pass() == .told(through: 3))
                #expect(try await telling.pass() == .idle)
                let heads = try await witness.heads()
                let seals = try await world.services.seals.list(10).reversed().map(\.json)
                #expect(heads == seals)
                let told = try ToldSeals(of: witness.url, lines: heads)
                #expect(try await world.services.sealVerification.verify(with: [told]).faults.isEmpty)
                // Told again, as after an answer that was lost, it is the same.
                _ = try await world.services.database.query("update seal_witness set acknowledged = 0")
                #expect(try await telling.pass() == .told(through: 3))
                #expect(try await witness.heads().count == 3)
            }
        }
    }

    @Test func `a witness that is down is told later, and of everything`() async throws {
        try await SealedServices.with { world in
            let folder = Repository.home + "/witness-\(UUID().uuidString)"
            var port = 0
            try await Witness.with(folder) { witness in
                port = Int(witness.url.split(separator: ":").last ?? "") ?? 0
                let telling = Self.telling(world, witness.url)
                try await world.record("before")
                #expect(try await telling.pass() == .told(through: 1))
            }
            let telling = Self.telling(world, "http://127.0.0.1:\(port)")
            for number in 1...2 { try await world.record("while it is down \(number)") }
            var now = Instant.now()
            for attempt in 1...4 {
                #expect(try await telling.pass(at: now) == .failed("unreachable"))
                #expect(try await telling.pass(at: now) == .idle, "attempt \(attempt) waits for its time")
                let next = try await world.services.database.query(
                    "select next_attempt_at, attempts, last_error, acknowledged from seal_witness"
                ).row()
                let (at, attempts, error, acknowledged) = try next.decode(
                    Instant.self,
                    Int32.self,
                    String.self,
                    Int64.self
                )
                #expect(at > now && attempts == Int32(attempt) && error == "unreachable" && acknowledged == 1)
                now = at
            }
            try await Witness.with(folder, port: port) { witness in
                let caughtUp = try await telling.pass(at: now)
                let heads = try await witness.heads()
                #expect(caughtUp == .told(through: 3) && heads.count == 3)
            }
        }
    }

    @Test func `a history that was written anew is given away by the witness`() async throws {
        try await SealedServices.with { world in
            try await Witness.with { witness in
                let telling = Self.telling(world, witness.url)
                for number in 1...3 { try await world.record("entry \(number)") }
                #expect(try await telling.pass() == .told(through: 3))
                // Everything again, with the key, and without the file beside it.
                try await world.sealAnew()
                let told = try ToldSeals(of: witness.url, lines: try await witness.heads())
                let faults = try await world.services.sealVerification.verify(with: [told]).faults
                #expect(faults.contains { $0[.english].contains("not as in the witness \(witness.url)") })
                #expect(faults.contains { $0[.english].contains("no longer in the database") })
                #expect(try await world.services.sealVerification.verify().faults.isEmpty)
                _ = try await world.services.database.query("update seal_witness set acknowledged = 0")
                #expect(try await telling.pass() == .contradicted(number: 1))
            }
        }
    }

    @Test func `a witness that answers wrongly or never acknowledges nothing`() async throws {
        try await SealedServices.with { world in
            try await world.record("entry")
            try await EventReceiver.with { receiver in
                for status in [500, 302, 404] {
                    receiver.behave(.answer(status, body: "no seals here", location: "/"), at: "/\(status)")
                    let telling = Self.telling(world, receiver.url("/\(status)"))
                    let result = try await telling.pass()
                    #expect(result == .failed("\(status)"))
                }
                receiver.behave(.stall, at: "/slow")
                let slow = WitnessTelling(
                    world.services.database,
                    url: receiver.url("/slow"),
                    sender: WebhookSender(EventNetworks(allowsLoopback: true)),
                    timeout: .milliseconds(200)
                )
                let silence = try await slow.pass()
                #expect(silence == .failed("silent"))
                receiver.release()
            }
            let acknowledged = try await world.services.database.query("select max(acknowledged) from seal_witness")
            #expect(try acknowledged.row().get(0, as: Int64.self) == 0)
        }
    }

    @Test func `the command compares with a witness, and says when it cannot`() async throws {
        try await SealedServices.with { world in
            try await world.record("entry")
            try await Witness.with { witness in
                let telling = Self.telling(world, witness.url)
                #expect(try await telling.pass() == .told(through: 1))
                let program = KhopProgram(world.services.database.pool.options)
                let environment = ["KHOP_SEAL_KEY_FILE": world.keyFile, "KHOP_SEAL_FOLDER": world.folder]
                func verify(_ url: String) throws -> KhopProgram.Result {
                    try program.run(["seal", "verify", "--witness-url", url], environment)
                }
                let good = try verify(witness.url)
                #expect(good.status == 0 && good.output.contains("Intact"), "\(good)")
                try await world.sealAnew()
                let bad = try verify(witness.url)
                #expect(bad.status == 1 && bad.output.contains("not as in the witness"), "\(bad)")
                let away = try verify("http://127.0.0.1:1")
                #expect(away.status == 1 && away.errors.contains("was not compared with it"))
                let plain = try verify("http://witness.example")
                #expect(plain.status == 2 && plain.errors.contains("https"))
            }
        }
    }
}
