import Collection
import FeeSchedule
import Hummingbird
import Values

/// What a report is asked about, from the parameters of a request and whom its caller acts for.
struct ReportArea {
    let jurisdiction: Jurisdiction

    /// Reads the question from the parameters; who acts for a locality can ask only about that locality.
    func question(_ request: Request, _ caller: Caller) async throws -> NonCashReport.Question {
        var question = try NonCashReport.Question(
            period: request.parameter("period"),
            from: request.parameter("from"),
            to: request.parameter("to"),
            basis: request.parameter("basis"),
            level: request.parameter("level"),
            locality: request.parameter("locality"),
            asOf: request.parameter("as_of"),
            by: request.parameter("by")
        )
        question.locality = try await area(request, caller)
        return question
    }

    func area(_ request: Request, _ caller: Caller) async throws -> String? {
        guard let bound = caller.localities else { return request.parameter("locality") }
        // Who acts for several says which one is meant.
        guard let wanted = request.parameter("locality") ?? (bound.count == 1 ? bound.first : nil) else {
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
