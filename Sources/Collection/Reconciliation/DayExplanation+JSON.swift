public import Matching
public import Values
import Workflow

extension DayExplanation {
    /// The body of the API, with the sentences in a language.
    public func json(in language: Language) -> JSON {
        [
            "account_number": .string(accountNumber), "day": .text(day), "bank": .money(bank), "books": .money(books),
            "difference": .money(difference), "items": .array(items.map { $0.json(in: language) }),
            "residual": .money(residual),
        ]
    }
}

extension DayExplanation.Item {
    fileprivate func json(in language: Language) -> JSON {
        [
            "kind": .string(kind.rawValue), "code": .string(reason.code.rawValue),
            "sentence": .string(reason.sentence(in: language)), "amount": .money(amount),
            "booked_on": source.map { .text($0.bookedOn) } ?? .null, "values": reason.json["values"] ?? [:],
            "ids": .object(ids),
        ]
    }

    /// Everything by which it can be looked up.
    private var ids: [JSON.Member] {
        var ids: [JSON.Member] = []
        if let id = source?.noticeID { ids.append(.init("notice_id", .integer(id))) }
        if let id = source?.lineID { ids.append(.init("statement_line_id", .integer(id))) }
        if let id = source?.statementID { ids.append(.init("statement_id", .integer(id))) }
        if let id = source?.requestID { ids.append(.init("payment_request_id", .string(id.text))) }
        return ids
    }
}
