import FeeSchedule
public import Spreadsheets
public import Values

/// The locality that a report is about.
public struct ReportedArea: Sendable, Hashable {
    public let code: String
    public let name: Phrase

    public init(code: String, name: Phrase) {
        self.code = code
        self.name = name
    }

    /// The unit that has a code, by its latest name; `nil` for all.
    init?(_ code: String?, _ schedule: Schedule) {
        guard let code else { return nil }
        let last = schedule.localities.units(code: code).last
        self.init(code: code, name: last.map { Phrase(vi: $0.nameVi, en: $0.nameEn) } ?? Phrase(same: code))
    }

    /// Whose paper a form is: the people's committee of the area.
    var issuer: String { "Ủy ban nhân dân " + name[.vietnamese] }
}

extension ReportedArea? {
    /// Whose paper a form is; room to write it where the report is about the whole country.
    var issuer: String { self?.issuer ?? Sheet.openIssuer }
}

extension Sheet {
    /// Room to write whose paper a form is.
    static let openIssuer = "………………………"

    /// The form as the paper of an agency, unless it is somebody's already; as it is if `agency` is `nil`.
    public func issued(by agency: String?) -> Sheet {
        guard let agency, issuer == Sheet.openIssuer else { return self }
        var sheet = self
        sheet.issuer = agency
        return sheet
    }
}
