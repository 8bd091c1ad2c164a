import ArgumentParser
import Collection
import Identity
import Values

/// `khop personal-data`: what is kept of a payer.
struct PersonalDataCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "personal-data",
        abstract: String(vi: "Dữ liệu cá nhân của một người nộp.", en: "The personal data of a payer."),
        discussion: String(
            vi: """
                Để trả lời yêu cầu của chủ thể dữ liệu (Nghị định 13/2023/NĐ-CP): tìm những gì đang lưu, và xóa phần pháp luật
                cho xóa. Sổ sách, số tiền và chứng cứ niêm phong giữ nguyên. Xem docs/personal-data.md.
                """,
            en: """
                To answer a data subject (Decree 13/2023/NĐ-CP): find what is kept, and erase what the law lets go. The books,
                the amounts and the proofs of the sealed history stay. See docs/personal-data.md.
                """
        ),
        subcommands: [Find.self, Erase.self]
    )

    /// Whose data are meant.
    struct SubjectOptions: ParsableArguments {
        @Option(help: ArgumentHelp(vi: "Mã thanh toán.", en: "A payment request's reference.")) var reference: String?
        @Option(help: ArgumentHelp(vi: "Mã hồ sơ.", en: "A dossier's code.")) var dossier: String?
        @Option(
            help: ArgumentHelp(
                vi: "Số giấy tờ chứng minh đối tượng, như số căn cước.",
                en: "The number of the paper that proved the category, such as an identity number."
            )
        ) var identity: String?
        @Option(
            help: ArgumentHelp(
                vi: "Số tài khoản ngân hàng của người nộp hoặc người được hoàn.",
                en: "The bank account of the payer or payee."
            )
        ) var account: String?

        func subject() throws -> PersonalDataSubject {
            let given: [PersonalDataSubject?] = [
                reference.map { .reference($0.uppercased()) }, dossier.map { .dossier($0) },
                identity.map { .identity($0) }, account.map { .account($0) },
            ]
            guard given.compactMap(\.self).count == 1, let subject = given.compactMap(\.self).first else {
                throw ServiceError(
                    .invalidParameter,
                    Phrase(
                        vi: "nêu đúng một trong: --reference, --dossier, --identity, --account",
                        en: "give exactly one of: --reference, --dossier, --identity, --account"
                    )
                )
            }
            return subject
        }
    }

    struct Find: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Đang lưu gì về một người (vai trò admin hoặc auditor; được ghi vào nhật ký).",
                en: "What is kept of a person (role admin or auditor; recorded in the audit)."
            )
        )
        @OptionGroup var subject: SubjectOptions
        @OptionGroup var unmasking: UnmaskOptions
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let subject = try subject.subject()
            let answer = try await Program.withPerson(.findPersonalData) { services, acting in
                let sight = try await unmasking.sight(services, acting.caller, "personal-data find")
                return sight.shown(try await services.personalData.find(subject, by: acting.person).json)
            }
            Terminal.answer(answer, asJSON: json, text: answer.pretty)
        }
    }

    struct Erase: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Xóa dữ liệu cá nhân của một người (vai trò admin); không lấy lại được.",
                en: "Erase a person's data (role admin); they cannot be brought back."
            )
        )
        @OptionGroup var subject: SubjectOptions
        @Option(
            help: ArgumentHelp(
                vi: "Theo yêu cầu của ai, căn cứ nào; được ghi vào nhật ký.",
                en: "On whose request and on what ground; the audit keeps it."
            )
        ) var why: String
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let subject = try subject.subject()
            let erased = try await Program.withPerson(.erasePersonalData) { services, acting in
                try await services.personalData.erase(subject, why: why, by: acting.person)
            }
            let kept = erased.kept.map { "\n– " + $0[.ofTerminal] }.joined()
            Terminal.answer(
                erased.json(in: .ofTerminal),
                asJSON: json,
                text: String(
                    vi:
                        "Đã xóa: \(erased.requests) yêu cầu, \(erased.texts) thông báo và dòng sao kê, \(erased.cases) vụ việc, \(erased.refunds) khoản hoàn (nhật ký \(erased.auditEntry)).",
                    en:
                        "Erased: \(erased.requests) requests, \(erased.texts) notices and statement lines, \(erased.cases) cases, \(erased.refunds) refunds (audit entry \(erased.auditEntry))."
                ) + (kept.isEmpty ? "" : String(vi: "\nPhải lưu:", en: "\nKept:") + kept)
            )
        }
    }
}
