import BankCallbacks
import Postgres
public import Values

/// The platform's look-up at the agency (`dptracuuthanhtoanhs`): what is due for a dossier, so that it can be paid there.
///
/// Nothing of the look-up is signed. It is answered to whoever brings the token that was agreed on, and names no payer.
public struct PlatformLookUp: Sendable {
    let payments: PlatformPayments
    let limits: CallLimits

    /// The answer: `error_code` 1 and the bill, 0 if nothing is due, -1 for a dossier that is not known.
    public func answer(
        _ body: JSON,
        connection name: String,
        token: String,
        from address: String,
        now: Instant = .now()
    ) async throws -> JSON {
        try limits.checkAttempts(of: address)
        guard try await payments.links.admits(token, toLookUpOf: name) else {
            limits.failed(address)
            throw ServiceError(
                .unauthenticated,
                Phrase(
                    vi: "Cần Authorization: Bearer với mã truy vấn đã thống nhất cho kết nối này.",
                    en: "Authorization: Bearer with the token that was agreed on for this connection is needed."
                )
            )
        }
        guard let dossier = body["MaHoSo"]?.string, (1...64).contains(dossier.unicodeScalars.count),
            let opened = try await payments.links.open(connection: name)
        else { return PlatformLookUp.answer(-1) }
        let found = try await payments.database.query(
            """
            select id, status = 'pending' and expires_at > \(now)::timestamptz from payment_request
            where dossier_code = \(dossier) and account_number = \(opened.link.accountNumber)
            order by 2 desc, created_at limit 1
            """
        ).first
        guard let found else {
            limits.failed(address)
            return PlatformLookUp.answer(-1)
        }
        let request = try await payments.requests.find(try found.get(0))
        guard request.qrPayload(at: now) != nil else { return PlatformLookUp.answer(0) }
        let code = try await code(of: request, opened.link, now: now)
        let schedule = try await payments.tariff.current().schedule
        let block = PlatformBlock.json(request, schedule, payer: nil)
        let bill: [JSON.Member] = [
            .init("transaction_id", .string(code)), .init("client_id", .string(opened.link.partner)),
            .init("MaTraCuuTT", .string(dossier + PlatformLookUp.digits(now))),
        ]
        return ["error_code": 1, "message": .object(bill + (block.members ?? []))]
    }

    private static func answer(_ code: Int) -> JSON { ["error_code": .integer(code), "message": []] }

    private static func digits(_ time: Instant) -> String { String(time.description.filter(\.isNumber).prefix(14)) }

    /// The code that the platform pays with: the same for each look-up while the same remains to be paid.
    private func code(of request: PaymentRequest, _ link: PlatformLink, now: Instant) async throws -> String {
        let known = try await payments.database.query(
            """
            select code from platform_payment
            where payment_request_id = \(request.id) and origin = 'lookup' and state = 'waiting'
                and amount = \(request.amountRemaining) and link_id = \(link.id)::integer
            order by id limit 1
            """
        ).first?.get(0, as: String.self)
        if let known { return known }
        return try await payments.begin(request, link, origin: "lookup", now: now).code
    }
}
