import Foundation
import Statements
import Testing
import Values

/// A sample of a layout with its account and what its lines are.
struct LayoutSample: Sendable, CustomTestStringConvertible {
    let file: String
    let layout: String
    let bank: String
    let account: String
    let opening: Money?
    let closing: Money?
    /// How many lines of other accounts it has.
    let others: Int
    let lines: [Kept]

    /// What a layout tells of a line.
    struct Kept: Equatable, Sendable {
        var time: String
        var amount: Money
        var balance: Money?
        var id: String?
        var memo: String?
        var name: String?
        var account: String?
    }

    var testDescription: String { file }

    var options: StatementOptions { StatementOptions(account: account, bank: bank) }

    var bytes: [UInt8] {
        get throws { try Fixture.bytes("layouts/\(file)") }
    }

    static let all: [LayoutSample] = {
        do {
            let samples = try JSON.parse(Fixture.bytes("layouts/expected.json")).members ?? []
            return samples.map { LayoutSample(file: $0.name, $0.value) }
        } catch { preconditionFailure("the samples' lines cannot be read: \(error)") }
    }()

    private init(file: String, _ json: JSON) {
        func money(_ value: JSON?) -> Money? { value?.integer.map { Money($0) } }
        self.file = file
        layout = json["layout"]?.string ?? ""
        bank = json["bank"]?.string ?? ""
        account = json["account"]?.string ?? ""
        opening = money(json["opening"])
        closing = money(json["closing"])
        others = Int(json["others"]?.integer ?? 0)
        lines = (json["lines"]?.array ?? []).map { line in
            Kept(
                time: line["time"]?.string ?? "",
                amount: money(line["amount"]) ?? .zero,
                balance: money(line["balance"]),
                id: line["id"]?.string,
                memo: line["memo"]?.string,
                name: line["name"]?.string,
                account: line["account"]?.string
            )
        }
    }

    /// Of a line that was read, what the sample says of its lines.
    func kept(_ line: StatementLine) -> Kept {
        func told<Value>(_ path: KeyPath<Kept, Value?>, _ value: Value?) -> Value? {
            lines.contains { $0[keyPath: path] != nil } ? value : nil
        }
        return Kept(
            time: String(line.bookedAt.description.prefix(19)),
            amount: line.amount,
            balance: told(\.balance, line.balance),
            id: told(\.id, line.transactionID),
            memo: told(\.memo, line.memo),
            name: told(\.name, line.counterpartyName),
            account: told(\.account, line.counterpartyAccount)
        )
    }
}
