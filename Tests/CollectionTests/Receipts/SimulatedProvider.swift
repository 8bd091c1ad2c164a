import Collection
import Foundation
import Synchronization
import TestSupport
import Values

/// A provider of receipts with Viettel's interface: it answers, errs, is late, answers twice, or never answers; and keeps what
/// it has made, by the caller's key.
final class SimulatedProvider: ProviderTransport {
    enum Mood: CaseIterable {
        case answers
        /// Refuses, and makes nothing.
        case errs
        /// Makes it, but the answer comes too late to be heard.
        case late
        /// Takes the call as if it had come twice.
        case twice
        /// Makes nothing and says nothing.
        case never
        /// Makes it, and answers with something that nobody can read.
        case babbles
    }

    struct Made: Sendable, Hashable {
        let number: String
        let amount: Int64
        let replaces: String?
        let payer: String
    }

    private struct State {
        var made: [String: Made] = [:]
        var cancelled: Set<String> = []
        var calls = 0
        var logins = 0
        var forgets: @Sendable (Int) -> Mood = { _ in .answers }
    }

    private let state = Mutex(State())
    static let password = "s3cret & <more>"

    var made: [String: Made] { state.withLock { $0.made } }
    var cancelled: Set<String> { state.withLock { $0.cancelled } }
    var calls: Int { state.withLock { $0.calls } }

    /// - Parameter mood: in which it takes each call but logins, by the number of the call.
    func behave(_ mood: @escaping @Sendable (Int) -> Mood) { state.withLock { $0.forgets = mood } }

    func exchange(_ message: EventMessage) async -> (answer: EventAnswer, body: [UInt8]) {
        let path = message.url.replacing("https://provider.example.vn", with: "")
        if path == "/auth/login" { return login(message) }
        let isKnown = message.headers.contains { $0.name == "Authorization" && $0.value == "Bearer T" }
        guard isKnown else { return Self.answer(401, ["code": "401", "message": "no token"]) }
        let mood = state.withLock { state in
            state.calls += 1
            return state.forgets(state.calls)
        }
        switch mood {
        case .never: return (.silent, [])
        case .errs: return Self.answer(400, ["errorCode": "INVOICE_ISSUED_DATE_INVALID", "description": "sai ngày"])
        case .late:
            _ = work(path, message.body)
            return (.silent, [])
        case .babbles:
            _ = work(path, message.body)
            return (.answered(status: 200), Array("<html>".utf8))
        case .twice: _ = work(path, message.body)
        case .answers: break
        }
        let (status, json) = work(path, message.body)
        return Self.answer(status, json)
    }

    private static func answer(_ status: Int, _ json: JSON) -> (answer: EventAnswer, body: [UInt8]) {
        (.answered(status: status), Array(json.serialized.utf8))
    }

    private func login(_ message: EventMessage) -> (answer: EventAnswer, body: [UInt8]) {
        let json = try? JSON.parse(message.body)
        guard json?["password"]?.string == Self.password, json?["username"]?.string == "user" else {
            return Self.answer(401, ["code": "401", "message": "BAD_USERNAME_PASSWORD"])
        }
        return Self.answer(200, ["access_token": "T", "expires_in": 599])
    }

    private func work(_ path: String, _ body: [UInt8]) -> (Int, JSON) {
        if path.hasSuffix("createInvoice/0100000000") { return create(body) }
        let fields = Dictionary(
            String(decoding: body, as: UTF8.self).split(separator: "&").map { pair in
                let parts = pair.split(separator: "=", maxSplits: 1).map { String($0).removingPercentEncoding ?? "" }
                return (parts[0], parts.count > 1 ? parts[1] : "")
            },
            uniquingKeysWith: { first, _ in first }
        )
        guard fields["supplierTaxCode"] == "0100000000" else { return (400, ["errorCode": "TAX_CODE"]) }
        if path.hasSuffix("searchInvoiceByTransactionUuid") {
            guard let made = made[fields["transactionUuid"] ?? ""] else {
                return (400, ["errorCode": "NOT_FOUND_DATA", "description": "no data"])
            }
            let found: JSON = [
                "invoiceNo": .string(made.number), "templateCode": "EBL02", "invoiceSeri": "26TAA",
            ]
            return (200, ["errorCode": .null, "result": [found]])
        }
        if path.hasSuffix("cancelTransactionInvoice") {
            state.withLock { _ = $0.cancelled.insert(fields["invoiceNo"] ?? "") }
            return (200, ["errorCode": .null])
        }
        return (404, ["code": "404"])
    }

    private func create(_ body: [UInt8]) -> (Int, JSON) {
        guard let json = try? JSON.parse(body), let general = json["generalInvoiceInfo"],
            let key = general["transactionUuid"]?.string,
            let amount = json["summarizeInfo"]?["totalAmountWithTax"]?.integer,
            let items = json["itemInfo"]?.array,
            items.compactMap({ $0["itemTotalAmountWithTax"]?.integer }).reduce(0, +) == amount
        else { return (400, ["errorCode": "BAD_REQUEST"]) }
        let number = state.withLock { state -> String in
            if let known = state.made[key] { return known.number }
            let number = "26TAA\(state.made.count + 1)"
            state.made[key] = Made(
                number: number,
                amount: amount,
                replaces: general["originalInvoiceId"]?.string,
                payer: json["buyerInfo"]?["buyerName"]?.string ?? ""
            )
            return number
        }
        return (200, ["errorCode": .null, "result": ["invoiceNo": .string(number), "transactionID": "1"]])
    }
}
