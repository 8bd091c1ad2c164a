import Collection
import Foundation
import Values
import Workflow

/// A payment request as text for a terminal.
enum RequestText {
    private static func name(_ line: JSON) -> String {
        let names = Phrase(vi: line["name_vi"]?.string ?? "", en: line["name_en"]?.string ?? "")
        return names[.ofTerminal].isEmpty ? names[.vietnamese] : names[.ofTerminal]
    }

    static func describe(_ json: JSON) -> String {
        func money(_ value: JSON?) -> String { Money(value?.integer ?? 0).formatted(in: .ofTerminal) }
        func text(_ name: String) -> String { json[name]?.string ?? "" }
        var lines = [
            "\(text("reference"))  \(Shown.word(json["status"], .requestState))  \(money(json["amount_due"]))",
            Shown.list([
                (Phrase(vi: "mã", en: "id"), text("id")),
                (Phrase(vi: "trang thanh toán", en: "pay link"), text("pay_url")),
                (Phrase(vi: "hết hạn", en: "expires"), Shown.time(json["expires_at"])),
                (Phrase(vi: "đã nhận", en: "received"), Shown.money(json["amount_received"])),
                (Phrase(vi: "còn phải nộp", en: "remaining"), Shown.money(json["amount_remaining"])),
                (Phrase(vi: "nộp lúc", en: "paid"), Shown.time(json["paid_at"])),
                (Phrase(vi: "nhờ", en: "settled by"), Shown.word(json["settled_by"], .settledBy)),
            ]).trimmingCharacters(in: .newlines),
        ]
        for line in json["lines"]?.array ?? [] {
            lines.append(
                "  \(name(line))  × \(line["quantity"]?.integer ?? 1)  \(money(line["list_amount"]))"
            )
            for rule in line["applied"]?.array ?? [] {
                lines.append("      − \(money(rule["benefit"]))  \(Shown.text(rule["sentence"]))")
            }
            lines.append("      = \(money(line["payable"]))")
        }
        return lines.joined(separator: "\n")
    }
}
