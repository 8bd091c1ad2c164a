import Postgres
public import Values

extension PaymentRequests {
    /// The requests that can be paid now on an account, oldest first.
    ///
    /// - Parameters:
    ///   - account: the account that collects for them.
    ///   - limit: 1 to 100,000.
    public func open(on account: String, limit: Int) async throws -> [(reference: String, remaining: Money)] {
        let rows = try await database.query(
            """
            select reference, amount_due - (amount_applied - fee_refund_claimed) as remaining
            from payment_request
            where account_number = \(account) and status = 'pending' and expires_at > now()
                and amount_due > amount_applied - fee_refund_claimed
                and channel not in ('counter_cash', 'counter_card')
            order by created_at, id limit \(Int64(limit))
            """
        )
        return try rows.map { (try $0.get(0), try $0.get(1)) }
    }
}
