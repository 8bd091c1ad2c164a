import BankCallbacks
import Collection
import Console
import Foundation
import HTTPTypes
import Hummingbird
import Identity
import Statements
import Values

/// The bank to play with, in the console of a test installation.
struct ConsoleTestBankRoutes {
    let door: ConsoleFrontDoor
    let bank: TestBank
    let imports: StatementImport
    let reconciliation: Reconciliation
    let requests: PaymentRequests
    let overviews: Overviews
    let jurisdiction: Jurisdiction
    let uploads: PendingUploads

    private static let path = ConsoleSection.testBank.path

    func add(to routes: RouteTable) {
        let back: @Sendable (KhopContext) -> String = { _ in Self.path }
        door.get(routes, Self.path, .tryMessages) { call in .page(try await page(call)) }
        door.post(routes, Self.path + "/play", .tryMessages, back: back, play)
        door.get(routes, Self.path + "/statement", .tryMessages, statement)
        door.post(routes, Self.path + "/import", .importStatement, back: back, importNow)
    }

    // MARK: The page

    /// The connections of the accounts that somebody works for.
    private func playable(_ call: ConsoleCall) async throws -> [Connections.Listed] {
        let accounts = try await jurisdiction.accounts(for: call.caller).map(Set.init)
        return try await bank.playable().filter { accounts?.contains($0.accountNumber) ?? true }
    }

    private func page(
        _ call: ConsoleCall,
        kept: [String: String] = [:],
        fault: ServiceError? = nil
    ) async throws -> TestBankPage {
        func say(_ vi: String, _ en: String) -> String { Phrase(vi: vi, en: en)[call.language] }
        let connections = try await playable(call)
        var choices: [TestBankPage.Choice] = []
        for one in connections {
            let open = try await requests.open(on: one.accountNumber, limit: TestBank.mostRequests).count
            choices.append(
                TestBankPage.Choice(
                    name: one.name,
                    profile: one.profile,
                    account: one.accountNumber,
                    open: say("\(open) yêu cầu đang chờ", "\(open) waiting"),
                    isChosen: one.name == kept["connection"]
                )
            )
        }
        let accounts = Set(connections.map(\.accountNumber))
        let unstated = try await bank.unstated().filter { accounts.contains($0.account) }
        let banks = Dictionary(
            try await overviews.accounts(try await jurisdiction.accounts(for: call.caller)).map {
                ($0.number, $0.bankBIN)
            }
        ) { first, _ in first }
        return TestBankPage(
            choices,
            plays: bank.plays.filter { accounts.contains($0.account) }.map { Self.shown($0, call.language) },
            accounts: unstated.map { account, count in
                TestBankPage.Account(
                    number: account,
                    words: say("\(account): \(count) khoản", "\(account): \(count) transfers"),
                    layouts: banks[account].map { StatementWriter.Format.layouts(of: $0) } ?? []
                )
            },
            kept: kept,
            fault: fault?.text(in: call.language),
            in: call.language
        )
    }

    private static func shown(_ play: TestBank.Play, _ language: Language) -> TestBankPage.Play {
        let seed = Phrase(vi: "hạt giống \(play.seed)", en: "seed \(play.seed)")[language]
        let silence = Phrase(vi: "không trả lời", en: "no answer")[language]
        return TestBankPage.Play(
            heading: "\(play.connection) · \(play.beganAt.formatted) · \(seed)",
            told: play.told,
            total: play.total,
            isGoing: play.tally == nil,
            lines: (play.tally?.lines ?? []).map { line in
                let answers = line.answers.map { answer in
                    let status = answer.status == 0 ? silence : String(answer.status)
                    return "\(answer.count) × " + [status, answer.outcome].compactMap(\.self).joined(separator: " ")
                }
                return TestBankPage.Play.Line(
                    kind: line.kind.words[language],
                    transfers: String(line.transfers),
                    amount: line.amount.formatted(in: language),
                    answers: answers.isEmpty ? "—" : answers.joined(separator: ", ")
                )
            }
        )
    }

    // MARK: What it is told to do

    @Sendable private func play(_ call: ConsoleCall, _ form: PageForm) async throws -> ConsoleFrontDoor.Answer {
        do {
            guard let connection = try await playable(call).first(where: { $0.name == form["connection"] }) else {
                throw ServiceError(
                    .notFound,
                    Phrase(vi: "Không có kết nối nào mang tên này.", en: "No connection has this name.")
                )
            }
            let reference = form["reference"].trimming()
            try await bank.begin(
                connection,
                reference: reference.isEmpty ? nil : reference.uppercased(),
                count: try Self.number(form["count"], "count", 1...TestBank.mostRequests),
                shares: try Self.shares(form),
                seed: UInt64(try Self.number(form["seed"], "seed", 0...Int(Int32.max))),
                to: call.context.ownAddress,
                by: call.caller.person
            )
            return .goTo(Self.path)
        } catch let error as ServiceError
            where [.invalidParameter, .notFound, .conflict].contains(error.code)
        {
            return .refused(try await page(call, kept: form.fields, fault: error), error)
        }
    }

    private static func shares(_ form: PageForm) throws -> [TransferKind: Int] {
        var shares: [TransferKind: Int] = [:]
        for kind in TransferKind.allCases {
            let name = "share-" + kind.rawValue
            shares[kind] = form[name].isEmpty ? 0 : try number(form[name], name, 0...1000)
        }
        guard shares.values.contains(where: { $0 > 0 }) else {
            throw ServiceError(
                .invalidParameter,
                Phrase(vi: "Phải có một tỷ lệ trên 0.", en: "One share must be above 0.")
            )
        }
        return shares
    }

    private static func number(_ text: String, _ name: String, _ range: ClosedRange<Int>) throws -> Int {
        guard let number = Int(text.trimming()), range.contains(number) else {
            throw ServiceError(.invalidParameter, at: name, .wholeNumber(range))
        }
        return number
    }

    // MARK: Its statements

    private func written(_ call: ConsoleCall, _ account: String, _ format: StatementWriter.Format) async throws
        -> PlayedStatement
    {
        try await jurisdiction.authorize(account: account, for: call.caller)
        guard let statement = try await bank.statement(account, format) else {
            throw ServiceError(
                .conflict,
                Phrase(
                    vi: "Tài khoản này chưa nhận gì mà sao kê chưa có.",
                    en: "The account has got nothing that no statement has yet."
                )
            )
        }
        return statement
    }

    @Sendable private func statement(_ call: ConsoleCall) async throws -> ConsoleFrontDoor.Answer {
        let format = call.parameter("format").flatMap { StatementWriter.Format(rawValue: $0) } ?? .csv
        let written = try await written(call, call.parameter("account") ?? "", format)
        var response = Response.text(written.text, "text/plain; charset=utf-8")
        response.headers[.contentDisposition] = "attachment; filename=\"\(written.fileName)\""
        return .raw(response)
    }

    @Sendable private func importNow(_ call: ConsoleCall, _ form: PageForm) async throws -> ConsoleFrontDoor.Answer {
        let account = form["account"]
        let written = try await written(call, account, .camt053)
        let folder = uploads.folder + "/" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let path = folder + "/" + written.fileName
        defer { PendingUploads.remove(path) }
        try Data(written.text.utf8).write(to: URL(fileURLWithPath: path))
        let person = call.caller.person
        let imported = try await imports.importFile(path: path, account: account, by: person)
        let shown = "/console/statements/\(imported.statement.id)"
        guard call.caller.holds(.reconcile), let through = imported.statement.lastDay else {
            return .goTo(shown + "?done=imported")
        }
        do {
            _ = try await reconciliation.run(account: account, through: through, by: person)
        } catch let error as ServiceError where error.code == .alreadyRunning {
            return .goTo(shown)
        }
        return .goTo(shown + "?done=imported")
    }
}
