public import Values
public import Workflow

/// One person's decision about a case, as it was given.
public struct CaseDecision: Sendable {
    /// One request's share of a split.
    public struct Part: Sendable, Hashable {
        /// The id or the reference of a payment request.
        public let target: String
        public let amount: Money

        public init(target: String, amount: Money) {
            self.target = target
            self.amount = amount
        }
    }

    public var action: CaseAction
    /// Why, in 1 to 2,000 characters.
    public var note: String
    /// The id or the reference of the request to link to; the id of a refund, for a debit.
    public var target: String?
    /// `nil` for as much as fits.
    public var amount: Money?
    public var parts: [Part] = []
    public var reason: String?
    public var beneficiary: Beneficiary?

    /// Parts of a split at most.
    public static let maximumParts = 100

    public init(_ action: CaseAction, note: String) {
        self.action = action
        self.note = note
    }

    /// Nothing but the action and the note: the second person agrees to what waits.
    var isBare: Bool { target == nil && amount == nil && parts.isEmpty && reason == nil && beneficiary == nil }

    /// Reads the body of `POST /v1/cases/{id}/resolve`.
    public init(_ json: JSON) throws {
        var body = BodyReader(json)
        let action = CaseAction(rawValue: body.text("action", 1...40))
        if action == nil, body.isGiven("action") {
            body.fault("/action", .oneOf(CaseAction.allCases.map(\.rawValue)))
        }
        note = body.text("note", 1...2000)
        let names = ["payment_request_id", "reference", "refund_id"]
        let targets = names.compactMap { name in body.optionalText(name, 60).map { (name, $0) } }
        if targets.count > 1 {
            body.fault(
                "/\(targets[1].0)",
                Phrase(vi: "chỉ nêu một đối tượng để gắn vào", en: "name one thing to link to, not several")
            )
        }
        target = targets.first?.1
        amount = body.optionalInteger("amount", 1...Money.maximum.dong, BodyReader.wholeDong).map { Money($0) }
        reason = body.optionalText("reason", 500)
        beneficiary = body.beneficiary()
        if body.isGiven("parts") {
            let given = json["parts"]?.array ?? []
            if !(1...CaseDecision.maximumParts).contains(given.count) {
                body.fault(
                    "/parts",
                    Phrase(
                        vi: "phải là mảng từ 1 đến \(CaseDecision.maximumParts) phần",
                        en: "must be an array of 1 to \(CaseDecision.maximumParts) parts"
                    )
                )
            }
            for (index, part) in given.prefix(CaseDecision.maximumParts).enumerated() {
                let path = "/parts/\(index)"
                let name =
                    body.optionalText("reference", 60, in: part, under: path)
                    ?? body.text("payment_request_id", 1...60, in: part, under: path)
                let share = body.optionalInteger(
                    "amount",
                    1...Money.maximum.dong,
                    BodyReader.wholeDong,
                    in: part,
                    under: path
                )
                if part["amount"] == nil { body.fault(path + "/amount", .isMissing) }
                parts.append(Part(target: name, amount: Money(share ?? 0)))
            }
        }
        try body.finish()
        guard let action else {
            throw ServiceError(
                .invalidBody,
                Phrase(vi: "Không đọc được nội dung gửi lên.", en: "The body cannot be read.")
            )
        }
        self.action = action
    }
}
