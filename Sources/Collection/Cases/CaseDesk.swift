public import Postgres
public import Values

/// Work on a case that moves no money: assignee, due day, notes and attachments.
public struct CaseDesk: Sendable {
    private let database: Database
    private let cases: Cases

    public init(_ database: Database, cases: Cases) {
        self.database = database
        self.cases = cases
    }

    /// One change to a case's file.
    public enum Entry: Sendable {
        /// The assignee's name; `nil` for nobody.
        case assign(String?)
        /// 1 to 2,000 characters.
        case note(String)
        /// A document kept elsewhere: its address, https alone, or its archive number; and its title.
        case attach(reference: String, title: String)
        case due(Day)
    }

    /// Reads the body of `POST /v1/cases/{id}/notes`.
    public static func entries(_ json: JSON) throws -> [Entry] {
        var body = BodyReader(json)
        var entries: [Entry] = []
        body.know("assignee")
        if let name = json["assignee"] {
            entries.append(.assign(name.isNull ? nil : body.text("assignee", 1...200)))
        }
        if let text = body.optionalText("note", 2000) { entries.append(.note(text)) }
        if let attachment = body.optionalObject("attachment") {
            let reference = body.text("reference", 1...1000, in: attachment, under: "/attachment")
            if CaseDesk.isAddress(reference), WebAddress(reference)?.isSecure != true {
                body.fault(
                    "/attachment/reference",
                    Phrase(
                        vi: "địa chỉ phải là https://… viết đầy đủ; hoặc ghi số lưu trữ",
                        en: "an address must be a whole https://…; or give the number in the archive"
                    )
                )
            }
            let title = body.text("title", 1...200, in: attachment, under: "/attachment")
            entries.append(.attach(reference: reference, title: title))
        }
        if let day = body.optionalDay("due_on") { entries.append(.due(day)) }
        if entries.isEmpty {
            body.fault(
                "/note",
                Phrase(
                    vi: "cần một trong note, assignee, attachment, due_on",
                    en: "give a note, an assignee, an attachment or a due_on"
                )
            )
        }
        try body.finish()
        return entries
    }

    /// Whether a browser would follow it: a scheme such as `javascript:` stands in front, or it leads to another host.
    private static func isAddress(_ text: String) -> Bool {
        let plain = text.filter { !$0.isWhitespace }
        let scheme = plain.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "+.-".contains($0)) }
        let hasScheme = scheme.first?.isLetter == true && plain[scheme.endIndex...].first == ":"
        return hasScheme || plain.hasPrefix("//") || plain.hasPrefix("\\")
    }

    /// Writes entries into the case's file and returns the updated case.
    public func write(_ id: Int64, _ entries: [Entry], by person: Person, within agencies: [String]? = nil) async throws
        -> CaseFile
    {
        try await database.transaction { tx in
            _ = try CaseStore.lock(id, within: agencies, tx)
            for entry in entries {
                switch entry {
                case .assign(let name):
                    try tx.query("update reconciliation_case set assignee = \(name)::text where id = \(id)::bigint")
                    try CaseHistory.record(tx, id, .assigned, person, ["assignee": .optional(name)])
                case .note(let text): try CaseHistory.record(tx, id, .noted, person, ["note": .string(text)])
                case .attach(let reference, let title):
                    try CaseHistory.record(
                        tx,
                        id,
                        .attached,
                        person,
                        ["reference": .string(reference), "title": .string(title)]
                    )
                case .due(let day):
                    try tx.query("update reconciliation_case set due_on = \(day)::date where id = \(id)::bigint")
                    try CaseHistory.record(tx, id, .dueChanged, person, ["due_on": .text(day)])
                }
            }
            try Audit.record(tx, person, "case.note", "case:\(id)", ["entries": .integer(entries.count)])
        }
        return try await cases.find(id)
    }
}
