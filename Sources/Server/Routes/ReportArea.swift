import Collection
import FeeSchedule
import Hummingbird
import Values

/// What a report is asked about, from the parameters of a request and whom its caller acts for.
struct ReportArea {
    let jurisdiction: Jurisdiction

    /// Reads the question from the parameters; who acts for a locality can ask only about that locality.
    func question(_ request: Request, _ caller: Caller) async throws -> NonCashReport.Question {
        try await question({ request.given($0) }, caller)
    }

    /// - Parameter parameter: the value of a parameter; `nil` if it was not given.
    func question(_ parameter: (String) -> String?, _ caller: Caller) async throws -> NonCashReport.Question {
        var question = try NonCashReport.Question(
            period: parameter("period"),
            from: parameter("from"),
            to: parameter("to"),
            basis: parameter("basis"),
            level: parameter("level"),
            locality: parameter("locality").flatMap { $0.isEmpty ? nil : $0 },
            asOf: parameter("as_of"),
            by: parameter("by")
        )
        question.locality = try await area(question.locality, caller)
        return question
    }

    func area(_ request: Request, _ caller: Caller) async throws -> String? {
        try await area(request.parameter("locality"), caller)
    }

    /// - Parameter named: the locality that is asked about; `nil`: the caller's own, or all.
    func area(_ named: String?, _ caller: Caller) async throws -> String? {
        guard let bound = caller.localities else { return named }
        // Who acts for several says which one is meant.
        guard let wanted = named ?? (bound.count == 1 ? bound.first : nil) else {
            throw ServiceError(.invalidParameter, at: "locality", .oneOf(bound))
        }
        for place in bound where try await jurisdiction.isUnit(wanted, under: place) { return wanted }
        let places = bound.joined(separator: ", ")
        throw ServiceError(
            .forbidden,
            Phrase(
                vi: "Bạn chỉ xem được địa bàn \(places) và các đơn vị trực thuộc.",
                en: "You see the locality \(places) and the units below it."
            )
        )
    }
}
