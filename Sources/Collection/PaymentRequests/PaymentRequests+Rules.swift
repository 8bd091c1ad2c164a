import Casework
import FeeSchedule
import Identity
import Values
import Workflow

extension PaymentRequests {
    /// Throws if the draft names a day that is not allowed, or that this caller may not name. Without a caller, the
    /// command line asks, as an administrator.
    static func checkDay(_ draft: PaymentRequestDraft, _ caller: Caller?, today: Day) throws {
        let mayName = caller?.holds(.nameAssessmentDay) ?? true
        do {
            _ = try AssessmentDay.decide(draft.namedDay, today: today, mayName: mayName)
        } catch {
            throw ServiceError(assessing: error, at: "/assessed_on")
        }
    }

    /// Throws if the payment page would lead to a host that the caller has not named. The command line may name any.
    func checkReturn(_ draft: PaymentRequestDraft, _ caller: Caller?) throws {
        guard let url = draft.returnURL, let caller else { return }
        let refusal =
            if let url = ReturnURL(url) {
                url.refusal(hosts: caller.returnHosts, isDevelopment: isDevelopment)
            } else { Optional(ReturnURL.form) }
        guard let refusal else { return }
        throw ServiceError(.invalidBody, at: "/return_url", refusal)
    }

    /// Throws if a reduction was applied because of the payer's category without evidence.
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
