import Casework
import FeeSchedule
import Values
import Workflow

extension PaymentRequests {
    /// Throws if the draft names a day that may not be named, or not by this caller; without a caller, the program's own
    /// command line asks, as an administrator.
    static func checkDay(_ draft: PaymentRequestDraft, _ caller: Caller?, today: Day) throws {
        let mayName = caller.map { Permission.nameAssessmentDay.isGranted(to: $0.role) } ?? true
        do {
            _ = try AssessmentDay.decide(draft.namedDay, today: today, mayName: mayName)
        } catch {
            throw ServiceError(assessing: error, at: "/assessed_on")
        }
    }

    /// Throws if something was taken off because of the payer's category, and nothing proves it.
    static func checkEvidence(_ draft: PaymentRequestDraft, _ assessment: Assessment) throws {
        do {
            try PayerEvidence.check(assessment, draft.payerEvidence)
        } catch {
            throw ServiceError(assessing: error, at: "/payer/evidence")
        }
    }
}

extension ServiceError {
    /// A refusal to assess what was asked for.
    ///
    /// - Parameter pointer: the member that it is about.
    init(assessing refusal: Refusal, at pointer: String) {
        let code: Code =
            switch refusal.kind {
            case .field: .notAssessable
            case .state: .conflict
            case .person: .forbidden
            }
        self.init(code, refusal.reason, faults: [Fault(pointer, refusal.reason.phrase)])
    }
}
