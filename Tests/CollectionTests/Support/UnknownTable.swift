import Foundation
import Values

@testable import Collection

/// A statement in a table that no built-in layout reads.
struct UnknownTable {
    /// The lines: how many days ago, the bank's id, and the amount.
    var lines: [(ago: Int64, id: String, amount: Int64)]
    var opening: Int64 = 1_000_000
    var hasBalances = true
    /// What the headings of money are called.
    var sides = ("Chi", "Thu")

    static let account = "0801000567890"

    /// Three lines, of which two are of the day before.
    static func standard(_ mark: String = "A", opening: Int64 = 1_000_000, hasBalances: Bool = true) -> UnknownTable {
        UnknownTable(
            lines: [(3, "GD\(mark)0001", 100_000), (3, "GD\(mark)0002", -50_000), (2, "GD\(mark)0003", 30_000)],
            opening: opening,
            hasBalances: hasBalances
        )
    }

    var text: String {
        var balance = opening
        let head = ["Ngày", "Mã", sides.0, sides.1] + (hasBalances ? ["Còn lại"] : []) + ["Diễn nghĩa"]
        let rows = lines.map { line -> [String] in
            balance += line.amount
            let day = Instant.now().adding(seconds: -line.ago * 86_400).day.formatted
            let out = line.amount < 0 ? Money(-line.amount).grouped : ""
            let into = line.amount > 0 ? Money(line.amount).grouped : ""
            return [day, line.id, out, into] + (hasBalances ? [Money(balance).grouped] : []) + [
                "nop phi ho so \(line.id)"
            ]
        }
        let all = [["Số tài khoản", Self.account], head] + rows
        return all.map { $0.joined(separator: ";") }.joined(separator: "\n") + "\n"
    }

    var bytes: [UInt8] { Array(text.utf8) }

    /// The statement in a file of its own folder.
    func file() throws -> String {
        let folder = FileManager.default.temporaryDirectory.path + "/khop-table-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let path = folder + "/la.csv"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    /// The description that fits it.
    func mapping(_ name: String = "ngan-hang-la", title: String = "Ngân hàng lạ") -> JSON {
        var columns: [JSON.Member] = [
            .init("booked_at", ["Ngày"]), .init("transaction_id", ["Mã"]), .init("memo", ["Diễn nghĩa"]),
            .init("debit", [.string(sides.0)]), .init("credit", [.string(sides.1)]),
        ]
        if hasBalances { columns.append(.init("balance", ["Còn lại"])) }
        return [
            "name": .string(name), "title": .string(title), "header": ["Ngày", .string(sides.0)],
            "columns": .object(columns), "dates": ["dd/MM/yyyy"], "thousands": ["."], "decimals": [","],
            "labels": ["account": ["Số tài khoản"]],
        ]
    }
}
