import BankCallbacks
import Collection
import Cryptography
import FeeSchedule
import Statements
import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// An account of a simulated month: its agency, its bank, and what the bank did.
struct SimulatedPlace: Sendable {
    /// What was planted, and what was answered to it.
    struct Planted: Sendable {
        let kind: TransferKind
        let transactionID: String
        let reference: String
        var answers: [String] = []
    }

    let agency: String
    let number: String
    let connection: String
    /// Whether lines without a callback settle at once, or wait for another person.
    let isAutomatic: Bool
    /// Whether late callbacks come the next morning, after the statement.
    let isSlow: Bool
    private let bank: PlayedBank
    private let format: StatementWriter.Format
    /// What is asked for there.
    private let orders: [JSON]

    /// The requests of the day that the bank's payers pay.
    var open: [PlayedDay.Open] = []
    /// The day's transfers, in the order in which they are told.
    private(set) var day: [PlayedTransfer] = []
    /// All transfers of the month.
    private(set) var planted: [Planted] = []
    private var places: [String: Int] = [:]
    private var balance = Money(50_000_000)
    private var made: Int64 = 0
    /// Where the numbers of this account's transactions begin: each is given out once.
    private let base: Int64

    private static let asked: [JSON] = [
        ["procedure_code": "1.004222"],
        ["procedure_code": "1.004194", "items": [["fee_code": "CT-TAMTRU", "quantity": 1]]],
        ["procedure_code": "2.000488", "items": [["fee_code": "LLTP", "quantity": 1]]],
        ["procedure_code": "2.000815", "items": [["fee_code": "CTH-BANSAO", "quantity": 12]]],
        ["procedure_code": "1.002755"],
    ]

    /// The places of a month: accounts of the catalogue in turn, each with a connection of its own.
    static func all(of month: SimulatedMonth) async throws -> [SimulatedPlace] {
        let agencies = try await month.services.tariff.current().schedule.agencies.values
            .sorted { $0.code < $1.code }
        var places: [SimulatedPlace] = []
        var numbers: Set<String> = []
        for agency in agencies where places.count < month.options.accounts {
            guard numbers.insert(agency.accountNumber).inserted else { continue }
            places.append(try await SimulatedPlace(places.count, agency, of: month))
        }
        guard places.count == month.options.accounts else {
            throw ServiceError(
                .invalidParameter,
                at: "--accounts",
                Phrase(
                    vi: "danh mục chỉ có \(places.count) tài khoản",
                    en: "the catalogue has \(places.count) accounts"
                )
            )
        }
        return places
    }

    /// What the account's bank may write, of that which tells each transaction's id.
    private static func formats(of bank: String) -> [StatementWriter.Format] {
        let layouts = StatementWriter.Format.layouts(of: bank).filter {
            $0.bank != nil && $0.json["columns"]?["transaction_id"] != nil && $0.json["columns"]?["memo"] != nil
        }
        return [.csv, .mt940, .camt053] + layouts.map { StatementWriter.Format($0) }
    }

    private init(_ index: Int, _ agency: AgencyRow, of month: SimulatedMonth) async throws {
        (self.agency, number) = (agency.code, agency.accountNumber)
        let profile = SimulatedMonth.profiles[index % SimulatedMonth.profiles.count]
        connection = "month-\(index)-\(profile.rawValue)"
        (isAutomatic, isSlow) = (index % 2 == 0, index % 3 == 1)
        let formats = SimulatedPlace.formats(of: agency.bankBIN)
        format = formats[index % formats.count]
        base = (Instant.now().unixSeconds % 1_000_000) * 1_000_000_000 + Int64(index) * 10_000_000
        let text = base64((0..<24).map { _ in UInt8.random(in: .min ... .max) })
        _ = try await month.services.connections.add(
            name: connection,
            profile: profile,
            account: number,
            secret: text,
            signatureHeader: nil,
            by: .system
        )
        try await month.services.accountTerms.setRecovery(
            isAutomatic ? .automatic : .confirmed,
            account: number,
            by: .system
        )
        let known = try await month.services.connections.forLab(connection).settings
        guard let secret = known.secrets.first,
            let bank = PlayedBank(
                profile,
                secret: secret,
                connection: connection,
                signatureHeader: known.signatureHeader
            )
        else { throw ServiceError(.internalFailure, Phrase(vi: "không đóng vai được", en: "cannot be played")) }
        self.bank = bank
        var orders: [JSON] = []
        for asked in SimulatedPlace.asked {
            let order = JSON.object(
                (asked.members ?? []) + [.init("agency_code", .string(agency.code)), .init("channel", "online")]
            )
            do {
                let quote = try PaymentRequestDraft.quote(order, today: Instant.now().day)
                guard try await month.services.paymentRequests.quote(quote, caller: nil).amountDue > Money(2000) else {
                    continue
                }
                orders.append(order)
            } catch is ServiceError { continue }
        }
        self.orders = orders
    }

    // MARK: What the agency does

    /// Asks for payments, some at once.
    func ask(_ count: Int, _ services: Services) async throws -> [PlayedDay.Open] {
        try await askWithTokens(count, services).map { $0.open }
    }

    /// The same with the tokens of the payment pages.
    func askWithTokens(_ count: Int, _ services: Services) async throws -> [(open: PlayedDay.Open, token: String)] {
        let (orders, atOnce) = (self.orders, 16)
        return try await withThrowingTaskGroup(of: [(PlayedDay.Open, String)].self) { group in
            for start in 0..<atOnce {
                group.addTask {
                    var made: [(PlayedDay.Open, String)] = []
                    for number in stride(from: start, to: count, by: atOnce) {
                        let order = JSON.object(
                            (orders[number % orders.count].members ?? [])
                                + [.init("dossier_code", .string("T-\(UUID().uuidString)"))]
                        )
                        let draft = try PaymentRequestDraft(order, today: Instant.now().day)
                        let body = try await services.paymentRequests.create(draft, caller: nil, idempotency: nil).body
                        let json = try JSON.parse(body)
                        guard let reference = json["reference"]?.string, let due = json["amount_due"]?.integer,
                            let token = json["pay_url"]?.string?.split(separator: "/").last
                        else { continue }
                        made.append((PlayedDay.Open(reference: reference, remaining: Money(due)), String(token)))
                    }
                    return made
                }
            }
            var all: [(open: PlayedDay.Open, token: String)] = []
            for try await part in group { all += part }
            // The same order for the same seed, whoever was faster.
            return all.sorted { $0.open.reference < $1.open.reference }
        }
    }

    /// Brings the bank's statement of a day.
    func bringStatement(of day: Day, _ services: Services) async throws {
        let booked = self.booked
        guard !booked.isEmpty else { return }
        let written = PlayedStatement(booked, account: number, opening: balance, on: day, format)
        let path = FileManager.default.temporaryDirectory.path + "/khop-month-\(UUID().uuidString)"
        try Data(written.text.utf8).write(to: URL(fileURLWithPath: path))
        defer { do { try FileManager.default.removeItem(atPath: path) } catch {} }
        _ = try await services.statements.importFile(path: path, account: number, by: .system)
    }

    // MARK: What the bank does

    /// Plans what happens to the day's requests.
    mutating func plan(seed: UInt64, at now: Instant) {
        guard !open.isEmpty else { return }
        let played = PlayedDay(
            paying: open,
            shares: TransferKind.usual,
            account: number,
            seed: seed,
            first: base + made,
            at: now
        )
        made += Int64(open.count)
        day = played.transfers
        let names = open
        for transfer in day {
            places[transfer.payment.transactionID] = planted.count
            planted.append(
                Planted(
                    kind: transfer.kind,
                    transactionID: transfer.payment.transactionID,
                    reference: names.first { $0.reference.hasPrefix(transfer.payment.reference) }?.reference ?? ""
                )
            )
        }
    }

    func tellOnTime(to url: String) async throws -> [BankTeller.Answer] {
        await teller(url).tell(isSlow ? day.filter { $0.kind != .late } : day)
    }

    func tellLate(to url: String) async throws -> [BankTeller.Answer] {
        isSlow ? await teller(url).tell(day.filter { $0.kind == .late }) : []
    }

    private func teller(_ url: String) -> BankTeller {
        BankTeller(bank, path: Connections.path(connection), url: url)
    }

    mutating func heard(_ answers: [BankTeller.Answer]) {
        for answer in answers {
            guard let place = places[answer.transactionID] else { continue }
            planted[place].answers.append("\(answer.status) \(answer.outcome ?? "")")
        }
    }

    /// What the platform paid out into the account.
    mutating func pay(out payouts: [PlayedTransfer]) { day += payouts }

    /// What the account got, in the order in which it was booked.
    private var booked: [PlayedTransfer] {
        day.filter(\.isInStatement).sorted { $0.payment.occurredAt < $1.payment.occurredAt }
    }

    mutating func endDay() {
        balance = booked.reduce(balance) { $0 + $1.payment.amount }
        (day, open) = ([], [])
    }
}
