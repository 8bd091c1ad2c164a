import Collection
import Foundation
import PureSupport
import Sealing
import TestSupport
import Testing

/// The program that checks proofs without Khớp.
@Suite struct ProofProgramTests {
    @Test func `a program in another language, a hundred lines long, proves what is true and nothing else`()
        async throws
    {
        let program = Repository.root + "/ops/verify-proof"
        let lines = try String(contentsOfFile: program, encoding: .utf8).split(
            separator: "\n",
            omittingEmptySubsequences: false
        )
        #expect(lines.count <= 102)
        try await SealedWorld.with { world in
            var random = Seeded("proofs in another language")
            try await world.fill(days: 2, &random)
            let key = try #require(world.services.sealPublicKey)
            let ids = try await world.query("select id from ledger_transfer order by random() limit 5")
            for row in ids {
                let proved = try await world.services.sealProver.prove("ledger_transfer", id: try row.get(0))
                let proof = proved.proof.text
                #expect(try run(program, key, proved.entry, proof).contains("proved: entry"))
                let others = [
                    (key, proved.entry.replacing("(", with: "(1"), proof), (key, proved.entry, proof + "AAAA"),
                    (key, proved.entry, String(proof.dropLast(8)) + "AAAAAAAA"), (key, proved.entry, "khop1."),
                    (Data(repeating: 7, count: 32).base64EncodedString(), proved.entry, proof),
                ]
                for (key, entry, proof) in others {
                    #expect(try run(program, key, entry, proof).contains("not proved"))
                }
            }
        }
    }

    private func run(_ program: String, _ arguments: String...) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: OtherProgram.python)
        process.arguments = [program] + arguments
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: text, as: UTF8.self)
    }
}
