import ArgumentParser
import Collection
import Cryptography
import Foundation
import Sealing
import Values

/// `khop seal`: the sealed history.
struct SealCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seal",
        abstract: String(
            vi: "Lịch sử được niêm phong, không ai sửa được mà không lộ.",
            en: "The sealed history, which nobody can rewrite unseen."
        ),
        discussion: String(
            vi: """
                Mọi việc đã ghi là một mục của cây Merkle (RFC 9162); dịch vụ niêm phong vài giây một lần: ký gốc của cây
                và ghi ra ngoài cơ sở dữ liệu (KHOP_SEAL_FOLDER). Hãy chép thư mục đó sang nơi khác.
                """,
            en: """
                Everything recorded is an entry of a Merkle tree (RFC 9162); the service seals every few seconds: it signs
                the tree's root and writes it outside of the database (KHOP_SEAL_FOLDER). Copy that folder elsewhere.
                """
        ),
        subcommands: [Now.self, List.self, Verify.self, Prove.self, Check.self, Key.self]
    )

    struct Now: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(vi: "Niêm phong ngay những gì đã ghi.", en: "Seal what is recorded, now.")
        )
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let seal = try await Program.withServices { services, _ in try await services.sealer?.sealAll() }
            Terminal.answer(
                seal?.json ?? .null,
                asJSON: json,
                text: seal.map(SealCommand.line)
                    ?? String(vi: "Chưa có gì để niêm phong.", en: "There is nothing to seal yet.")
            )
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(vi: "Các niêm phong, mới nhất trước.", en: "The seals, the newest first.")
        )
        @Option(help: ArgumentHelp(vi: "Bao nhiêu (tối đa 1000).", en: "How many (1000 at most).")) var limit = 20
        @Option(help: ArgumentHelp(vi: "Chỉ các số nhỏ hơn.", en: "Only lower numbers.")) var before: Int64?
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let seals = try await Program.withServices { services, _ in
                try await services.seals.list(limit, before: before)
            }
            Terminal.answer(
                ["seals": .array(seals.map(\.json))],
                asJSON: json,
                text: seals.map(SealCommand.line).joined(separator: "\n")
            )
        }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Tính lại mọi niêm phong từ dữ liệu; mã thoát 1 nếu có gì bị sửa, xóa hay chèn.",
                en: "Recompute every seal from the data; exit code 1 if anything was changed, removed or put between."
            )
        )
        @Option(
            help: ArgumentHelp(
                vi: "So cả với nhân chứng ở địa chỉ này (GET ?after=SỐ trả về mỗi dòng một niêm phong).",
                en: "Compare also with the witness at this address (GET ?after=NUMBER answers a seal on each line)."
            )
        ) var witnessURL: String?
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            var told: [ToldSeals] = []
            if let url = try Settings.witnessURL(witnessURL, "--witness-url") {
                told.append(try await WitnessCaller.seals(of: url))
            }
            let others = told
            let report = try await Program.withServices { services, _ in
                try await services.sealVerification.verify(with: others)
            }
            try SealCommand.tell(report, asJSON: json)
        }
    }

    struct Prove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Chứng minh một mục nằm trong lịch sử đã niêm phong.",
                en: "Prove that an entry is in the sealed history."
            ),
            discussion: String(
                vi: """
                    Nêu mã tham chiếu của yêu cầu thanh toán (mọi việc đã xảy ra với nó), hoặc BẢNG:SỐ như
                    ledger_transfer:17. Người giữ mục và chứng cứ kiểm tra được ở trang /verify, bằng `khop seal check`
                    hoặc bằng ops/verify-proof, không cần cơ sở dữ liệu.
                    """,
                en: """
                    Give the reference of a payment request (all that happened to it), or TABLE:ID such as
                    ledger_transfer:17. Whoever has the entry and its proof checks it on the page /verify, by
                    `khop seal check` or by ops/verify-proof, without the database.
                    """
            )
        )
        @Argument(help: ArgumentHelp(vi: "Mã tham chiếu, hoặc BẢNG:SỐ.", en: "A reference, or TABLE:ID.")) var entry:
            String
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let proved = try await Program.withServices { services, _ in
                let parts = entry.split(separator: ":", maxSplits: 1)
                if parts.count == 2, let id = Int64(parts[1]) {
                    return [try await services.sealProver.prove(String(parts[0]), id: id)]
                }
                return try await services.sealProver.prove(request: entry)
            }
            Terminal.answer(
                .array(proved.map { ["entry": .string($0.entry), "proof": .string($0.proof.text)] }),
                asJSON: json,
                text: proved.map { "\($0.entry)\n\($0.proof.text)" }.joined(separator: "\n\n")
            )
        }
    }

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Kiểm tra chứng cứ của một mục, không cần cơ sở dữ liệu.",
                en: "Check an entry's proof, without the database."
            )
        )
        @Option(help: ArgumentHelp(vi: "Khóa công khai, base64.", en: "The public key, in base64.")) var key: String
        @Argument(help: ArgumentHelp(vi: "Mục.", en: "The entry.")) var entry: String
        @Argument(help: ArgumentHelp(vi: "Chứng cứ: khop1.…", en: "The proof: khop1.…")) var proof: String
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() throws {
            guard let bytes = Data(base64Encoded: key), let key = VerificationKey(Array(bytes)) else {
                throw ServiceError(
                    .invalidParameter,
                    at: "--key",
                    Phrase(vi: "phải là 32 byte theo base64", en: "must be 32 bytes in base64")
                )
            }
            guard let proof = SealProof(text: proof) else {
                throw ServiceError(
                    .invalidParameter,
                    at: "proof",
                    Phrase(
                        vi: "không phải chứng cứ: phải bắt đầu bằng khop1. và còn nguyên",
                        en: "is no proof: it must begin with khop1. and be whole"
                    )
                )
            }
            var fault: Phrase?
            do throws(SealProof.Failure) { try proof.verify(Array(entry.utf8), under: key) } catch {
                fault = SealCommand.phrase(error)
            }
            Terminal.answer(
                [
                    "ok": .bool(fault == nil), "sealed_at": .string(proof.sealedAt.description),
                    "index": .integer(proof.index), "size": .integer(proof.size),
                    "fault": fault.map { .string($0[.ofTerminal]) } ?? .null,
                ],
                asJSON: json,
                text: fault?[.ofTerminal]
                    ?? String(
                        vi: "Đúng: mục \(proof.index + 1) trong \(proof.size), niêm phong lúc \(proof.sealedAt).",
                        en: "Right: entry \(proof.index + 1) of \(proof.size), sealed at \(proof.sealedAt)."
                    )
            )
            if fault != nil { throw ExitCode(1) }
        }
    }

    struct Key: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "In khóa công khai kiểm tra được mọi chứng cứ.",
                en: "Print the public key that checks every proof."
            )
        )
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let options = try await Settings.load().sealing()
            let (key, text) = (options.key.verification, options.publicKey)
            Terminal.answer(
                ["public_key": .string(text), "fingerprint": .string(hexadecimal(key.fingerprint))],
                asJSON: json,
                text: text
            )
        }
    }

    /// Prints what a verification found; throws the exit code 1 if anything does not hold.
    ///
    /// - Parameter more: what else there is to say, and its words if all is intact.
    static func tell(
        _ report: SealVerification.Report,
        asJSON json: Bool,
        _ more: [JSON.Member] = [],
        _ words: Phrase? = nil
    ) throws {
        let faults = report.faults.map { $0[.ofTerminal] }
        let found: [JSON.Member] = [
            .init("ok", .bool(faults.isEmpty)), .init("seals", .integer(report.seals)),
            .init("entries", .integer(report.entries)), .init("sealed_at", .optional(report.sealedAt?.description)),
            .init("faults", .array(faults.map { .string($0) })),
        ]
        let intact = Phrase(
            vi: "Nguyên vẹn: \(report.entries) mục trong \(report.seals) niêm phong.",
            en: "Intact: \(report.entries) entries in \(report.seals) seals."
        )
        Terminal.answer(
            .object(found + more),
            asJSON: json,
            text: faults.isEmpty
                ? [intact, words].compactMap { $0?[.ofTerminal] }.joined(separator: "\n")
                : faults.map { "✗ " + $0 }.joined(separator: "\n")
        )
        if !faults.isEmpty { throw ExitCode(1) }
    }

    private static func line(_ seal: SealRecord) -> String {
        "\(seal.number)  \(seal.head.sealedAt)  \(seal.head.size)  \(hexadecimal(seal.head.root))"
    }

    private static func phrase(_ failure: SealProof.Failure) -> Phrase {
        switch failure {
        case .path:
            Phrase(
                vi: "Sai: chứng cứ không khớp vị trí mà nó nêu.",
                en: "Wrong: the proof does not fit the place that it tells."
            )
        case .otherKey:
            Phrase(vi: "Sai: chứng cứ ký bằng khóa khác.", en: "Wrong: the proof is signed by another key.")
        case .signature:
            Phrase(
                vi: "Sai: mục hoặc chứng cứ đã bị sửa.",
                en: "Wrong: the entry or the proof was changed."
            )
        }
    }
}
