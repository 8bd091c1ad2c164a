import Casework
import Postgres
import Values
import Workflow

extension Refunds {
    /// What was found out; thrown, so that everything done to find it out is rolled back.
    private struct FoundOut: Error {
        let payer: Beneficiary?
        let choices: [RefundOutlook.Choice]
    }

    /// What of a request could go back now, worked out as if it were asked for; nothing is kept.
    ///
    /// - Throws: `not-found` for a request that is none, or of another agency.
    public func outlook(of name: RequestName, within agencies: [String]? = nil) async throws -> RefundOutlook {
        let request = try await requests.find(name)
        guard agencies?.contains(request.agencyCode) ?? true else {
            throw ServiceError(.notFound, .none(.paymentRequest))
        }
        let grace = graceSeconds
        do {
            return try await database.transaction { tx -> RefundOutlook in
                let choices = try RefundOutlook.reasons.map { reason in
                    let money = try RefundStore.money(of: request.id, reason: reason ?? "", tx)
                    return Refunds.choice(reason, money, grace)
                }
                throw FoundOut(payer: try Payer.ofRequest(request.id, tx), choices: choices)
            }
        } catch let found as FoundOut {
            return RefundOutlook(request: request, payer: found.payer, choices: found.choices)
        }
    }

    private static func choice(_ reason: String?, _ money: RefundPlan.RequestMoney, _ grace: Int64)
        -> RefundOutlook.Choice
    {
        let now = Instant.now()
        func plan(_ amount: Money?) throws(Refusal) -> RefundPlan {
            try RefundPlan.ofRequest(money, amount: amount, reason: reason ?? "", now: now, graceSeconds: grace)
        }
        do throws(Refusal) {
            let most = try plan(nil).amount
            // What would be said to whoever asked for everything that is there.
            let everything = money.inSuspense.map(\.amount).total() + money.request.kept
            guard everything > most else { return .init(reason: reason, amount: most, refusal: nil) }
            do throws(Refusal) {
                _ = try plan(everything)
                return .init(reason: reason, amount: most, refusal: nil)
            } catch { return .init(reason: reason, amount: most, refusal: error.reason) }
        } catch { return .init(reason: reason, amount: .zero, refusal: error.reason) }
    }
}
