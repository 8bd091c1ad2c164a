import FeeSchedule
import Values

/// Whether a payer without a category owes something for a procedure online, anywhere in an area.
///
/// Where nothing is owed a dossier counts in no indicator, so none is worth advising: a price may have ended in the period, or be
/// free online alone.
struct OwedOnline {
    private let schedule: Schedule
    /// One agency of each locality: prices differ by locality, not by agency.
    private let agencies: [String]
    private let day: Day

    /// - Parameter day: on which a dossier could still be brought in.
    init(_ places: inout ReportPlaces, on day: Day) {
        schedule = places.schedule
        self.day = day
        let stretch = places.starts.last { $0 <= day } ?? day
        var first: [String: String] = [:]
        for (code, agency) in schedule.agencies.sorted(by: { $0.key < $1.key }) {
            guard first[agency.localityCode] == nil, places.unit(of: code, stretch: stretch) != nil else { continue }
            first[agency.localityCode] = code
        }
        agencies = first.values.sorted()
    }

    func isOwed(_ procedure: String) -> Bool {
        schedule.hasPercentFee(procedure, on: day)
            || agencies.contains { agency in
                let request = AssessmentRequest(
                    agencyCode: agency,
                    procedureCode: procedure,
                    channel: .online,
                    day: day
                )
                // An agency that did not exist on the day, or a procedure that is gone, takes nothing.
                do { return try schedule.assess(request).amountDue > .zero } catch { return false }
            }
    }
}
