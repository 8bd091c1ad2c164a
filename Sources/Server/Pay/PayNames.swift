import Collection
import FeeSchedule
import Values

/// The names of the catalogue that a page shows, in both languages.
struct PayNames {
    let agency: Phrase?
    let procedure: Phrase?
    /// Whether the national payment platform may be paid at.
    var hasPlatform = false
    /// Whether it may be paid without a bank: in a test installation alone.
    var hasSimulation = false

    init(_ request: PaymentRequest, _ schedule: Schedule) {
        agency = schedule.agencies[request.agencyCode].map { Phrase(vi: $0.nameVi, en: $0.nameEn) }
        procedure = schedule.procedures[Schedule.nationalCode(request.procedureCode)].map {
            Phrase(vi: $0.nameVi, en: $0.nameEn)
        }
    }
}
