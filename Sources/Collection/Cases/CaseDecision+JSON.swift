public import Casework
public import Values
import Workflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension CaseDecision {
    /// Reads the body of `POST /v1/cases/{id}/resolve`.
    public init(_ json: JSON) throws {
        var body = BodyReader(json)
        let name = body.text("action", 1...40)
        let action = CaseAction(rawValue: name)
        if action == nil, body.isGiven("action") {
            body.fault("/action", .oneOf(CaseAction.allCases.map(\.rawValue)))
        }
        let note = body.text("note", 1...2000)
        let amount = body.optionalInteger("amount", 1...Money.maximum.dong, BodyReader.wholeDong).map { Money($0) }
        let target = CaseDecision.target(&body)
        let parts = CaseDecision.parts(&body)
        let refund = Refund(amount: amount, reason: body.optionalText("reason", 500), payee: body.payee())
        try body.finish()
        let choice: Choice
        switch action {
        case .accept: choice = .accept(amount: amount)
        case .link: choice = .link(target, amount: amount)
        case .split: choice = .split(parts)
        case .refund: choice = .refund(refund)
        case .askBank: choice = .askBank
        case .writeOff: choice = .writeOff(amount: amount)
        case .dismiss: choice = .dismiss
        case .reopen: choice = .reopen
        case nil: throw ServiceError(.invalidBody, at: "/action", .oneOf(CaseAction.allCases.map(\.rawValue)))
        }
        self.init(choice, note: note)
    }

    private static func target(_ body: inout BodyReader) -> Target? {
        var targets: [(field: String, target: Target)] = []
        for field in ["payment_request_id", "reference"] {
            if let name = body.optionalText(field, 60) { targets.append((field, .request(name))) }
        }
        if let text = body.optionalText("refund_id", 60) {
            if let id = UUID(uuidString: text) {
                targets.append(("refund_id", .refund(id)))
            } else {
                body.fault("/refund_id", .idOfRefund)
            }
        }
        if targets.count > 1 {
            body.fault(
                "/\(targets[1].field)",
                Phrase(
                    vi: "chỉ nêu một khoản để gắn, không nêu nhiều khoản",
                    en: "name one thing to link to, not several"
                )
            )
        }
        return targets.first?.target
    }

    private static func parts(_ body: inout BodyReader) -> [Part] {
        body.know("parts")
        guard body.isGiven("parts") else { return [] }
        let given = body.json["parts"]?.array ?? []
        if !(1...maximumParts).contains(given.count) {
            body.fault(
                "/parts",
                Phrase(
                    vi: "phải là mảng từ 1 đến \(maximumParts) phần",
                    en: "must be an array of 1 to \(maximumParts) parts"
                )
            )
        }
        var parts: [Part] = []
        for (index, part) in given.prefix(maximumParts).enumerated() {
            let path = "/parts/\(index)"
            body.know("reference", "payment_request_id", in: part, under: path)
            let name =
                body.optionalText("reference", 60, in: part, under: path)
                ?? body.text("payment_request_id", 1...60, in: part, under: path)
            let range = 1...Money.maximum.dong
            // A share without an amount is a fault and not a part of the split.
            if let share = body.integer("amount", range, BodyReader.wholeDong, in: part, under: path) {
                parts.append(Part(target: name, amount: Money(share)))
            }
        }
        return parts
    }
}
