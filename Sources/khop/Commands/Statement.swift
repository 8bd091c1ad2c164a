import ArgumentParser
import Collection
import Foundation
import Identity
import Values
import Workflow

struct Statement: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: String(
            vi: "Xem trước và nhập sao kê ngân hàng, liệt kê và xem kết quả.",
            en: "Preview and import bank statements, list them and show what became of them."
        ),
        subcommands: [
            Preview.self, Import.self, Describe.self, Mapping.self, Layouts.self, List.self, Show.self, Confirm.self,
            Undo.self,
        ]
    )

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Nhập một sao kê, toàn bộ hoặc không gì cả; nhập lại cùng tệp là cùng một lần nhập.",
                en: "Import a statement, whole or not at all; the same file again is the same import."
            ),
            discussion: String(
                vi: """
                    Tệp của tài khoản khác, hoặc theo mẫu riêng của ngân hàng khác, bị từ chối. --force vẫn nhập; ai nhập và vì sao
                    được lưu cùng sao kê và trong nhật ký.
                    """,
                en: """
                    A file that is of another account, or has another bank's own layout, is refused. --force imports it all the
                    same; who forced it and why is kept with the statement and in the audit.
                    """
            )
        )
        @Argument(help: ArgumentHelp(vi: "Tệp sao kê.", en: "The statement's file.")) var file: String
        @Option(help: ArgumentHelp(vi: "Tài khoản của sao kê.", en: "The account that it is of.")) var account: String
        @Option(
            help: ArgumentHelp(
                vi: "auto, csv, camt053, camt054, mt940, xlsx, hoặc mẫu của ngân hàng như vietcombank.",
                en: "auto, csv, camt053, camt054, mt940, xlsx, or a bank's layout such as vietcombank."
            )
        ) var format =
            "auto"
        @Option(
            help: ArgumentHelp(
                vi: "Tệp JSON mô tả mẫu bảng của ngân hàng mà khop chưa biết; xem docs/statements.md.",
                en: "A JSON file with the layout of a bank's table that khop does not know; see docs/statements.md."
            )
        )
        var mapping: String?
        @Option(
            help: ArgumentHelp(
                vi: "Vì sao vẫn nhập dù có vẻ là của nơi khác.",
                en: "Why it is imported although it seems to be another's."
            )
        )
        var force: String?
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let size = FileHandle(forReadingAtPath: file).map { Int(lseek($0.fileDescriptor, 0, SEEK_END)) } ?? 0
            let layout = try mapping.map { try Settings.mapping(file: $0) }
            let imported = try await Program.withServices { services, settings in
                let person = try await Program.actor(services, settings)
                let why = try force.map { try StatementImport.Force(person: person, why: $0) }
                return try await services.statements.importFile(
                    path: file,
                    account: account,
                    format: format,
                    mapping: layout,
                    by: person,
                    force: why
                ) { done in
                    Terminal.progress(done, of: size, Phrase(vi: "đang nhập", en: "importing"))
                }
            }
            Terminal.answer(imported.json(in: .ofTerminal), asJSON: json, text: StatementText.imported(imported))
            Terminal.warn(imported.statement.warnings)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(vi: "Liệt kê sao kê, mới nhất trước.", en: "List the statements, the latest first.")
        )
        @Option(help: ArgumentHelp(vi: "Của một tài khoản.", en: "Those of one account.")) var account: String?
        @Flag(
            help: ArgumentHelp(
                vi: "Chỉ những sao kê có dòng chờ xác nhận.",
                en: "Those with lines that await confirmation alone."
            )
        )
        var awaiting = false
        @OptionGroup var page: PageOptions
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let after = try page.afterNumber
            let statements = try await Program.withServices { services, _ in
                try await services.statementRecords.list(
                    account: account,
                    awaiting: awaiting,
                    before: after,
                    limit: page.limit
                )
            }
            let shown = StatementRecords.page(statements, limit: page.limit, in: .ofTerminal)
            Terminal.answer(shown, asJSON: json, text: StatementText.list(statements))
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Xem một sao kê: số dòng theo từng kết quả, và những dòng chờ xác nhận.",
                en: "Show a statement: how many of its lines got which outcome, and which await confirmation."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Số của sao kê.", en: "The statement's id.")) var id: Int64
        @OptionGroup var unmasking: UnmaskOptions
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let (shown, sight) = try await Program.showing { services, settings in
                let sight = try await unmasking.sight(services, settings, "statement show \(id)")
                let shown = try await services.statementRecords.show(id)
                return ((shown, sight), Disclosure(.statement, of: "statement:\(id)"))
            }
            Terminal.answer(
                sight.shown(shown.json(in: .ofTerminal)),
                asJSON: json,
                text: StatementText.shown(shown, seenWith: sight)
            )
            Terminal.warn(shown.warnings)
        }
    }

    struct Confirm: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "confirm",
            abstract: String(
                vi: "Xác nhận những gì sao kê ghi nhận mà không có thông báo của ngân hàng.",
                en: "Confirm what a statement recovers that no notice reported."
            ),
            discussion: String(
                vi: """
                    Người khác với người nhập sao kê xác nhận tất cả các dòng chờ trong một lần; xem trước bằng statement show. Dòng
                    bị từ chối, hoặc không còn khớp yêu cầu (đã nộp, đã hủy), thành vụ việc; tiền của dòng ở lại tài khoản chờ xử lý.
                    """,
                en: """
                    Another person than the one who imported the statement confirms all lines that wait at once; look at them first
                    with statement show. A line that is turned down, or no longer fits its request (paid, cancelled), becomes a case;
                    its money stays in the suspense account.
                    """
            )
        )
        @Argument(help: ArgumentHelp(vi: "Số của sao kê.", en: "The statement's id.")) var id: Int64
        @Option(
            name: .customLong("reject"),
            parsing: .singleValue,
            help: ArgumentHelp(
                vi: "Dòng không xác nhận và lý do, viết SỐ_DÒNG:LÝ_DO; dùng được nhiều lần.",
                en: "A line that is not confirmed and why, as LINE:WHY; may be given several times."
            )
        ) var reject: [String] = []
        @Option(
            help: ArgumentHelp(
                vi: "Chỉ xác nhận nếu đúng bấy nhiêu dòng đang chờ, như đã xem.",
                en: "Confirm only if this many lines wait, as you have seen."
            )
        ) var expect: Int?
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let rejections = try reject.map { try RecoveryConfirmations.rejection(option: $0) }
            let confirmed = try await Program.withPerson(.confirmRecoveries) { services, acting in
                let statement = try await services.statementRecords.find(id)
                try await services.jurisdiction.authorize(account: statement.account, for: acting.caller)
                return try await services.recoveryConfirmations.confirm(
                    id,
                    rejecting: rejections,
                    expecting: expect,
                    by: acting.person
                )
            }
            Terminal.answer(confirmed.json(in: .ofTerminal), asJSON: json, text: StatementText.confirmed(confirmed))
        }
    }

    struct Undo: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "undo",
            abstract: String(
                vi: "Hoàn tác một lần nhập sao kê và kết quả đối soát của nó.",
                en: "Take an import back, with what its run did."
            ),
            discussion: String(
                vi: """
                    Bút toán được đảo lại, yêu cầu, khoản hoàn và vụ việc trở về như trước khi nhập; tệp có thể nhập lại. Không hoàn
                    tác được khi đã có người quyết định về sao kê, ngày đã ký, hoặc việc khác đã dựa trên sao kê; lệnh nói rõ vì sao.
                    """,
                en: """
                    Its postings are reversed, and requests, refunds and cases are what they were before it; the file can be imported
                    again. Not once a person has decided on it, a day is signed, or something else builds on it: it then says what
                    stands in the way.
                    """
            )
        )
        @Argument(help: ArgumentHelp(vi: "Số của sao kê.", en: "The statement's id.")) var id: Int64
        @Option(help: ArgumentHelp(vi: "Vì sao hoàn tác.", en: "Why it is undone.")) var note: String
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let undone = try await Program.withPerson(.confirmRecoveries) { services, acting in
                let statement = try await services.statementRecords.find(id)
                try await services.jurisdiction.authorize(account: statement.account, for: acting.caller)
                return try await services.statementUndos.undo(id, note: note, by: acting.person)
            }
            Terminal.answer(undone.json, asJSON: json, text: StatementText.undone(undone))
        }
    }
}
