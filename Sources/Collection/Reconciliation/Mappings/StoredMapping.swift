import PaymentQR
import Postgres
public import Statements
public import Values

/// A version of a mapping that somebody has stored.
public struct StoredMapping: Sendable {
    public let id: Int64
    public let name: String
    public let version: Int32
    /// The BIN of the bank whose tables it reads.
    public let bank: String
    /// The only account whose statements it reads; `nil` for all of the bank.
    public let account: String?
    /// The description, as ``StatementMapping`` reads it.
    public let json: JSON
    /// Whether the balances of a file proved its columns of money when it was made.
    public let isProven: Bool
    public let made: Act
    public let accepted: Act?
    public let ended: Act?
    /// Why it was ended.
    public let note: String?
    public let state: State

    /// Who did something, and when.
    public struct Act: Sendable {
        /// As in ``Person/id``.
        public let by: String
        public let name: String
        public let at: Instant
    }

    /// What counts of a version.
    public enum State: String, Sendable, CaseIterable {
        /// Nothing proves it, and another person has not looked at it yet.
        case waiting
        /// Statements are read by it.
        case inForce = "in_force"
        /// A later version counts.
        case replaced
        case turnedDown = "turned_down"
        /// It counted, and does no more.
        case ended
    }

    /// The columns that ``init(_:)`` reads, in its order, of `statement_mapping m`.
    static let columns = """
        m.id, m.name, m.version, m.bank_bin, m.account_number, m.mapping, m.is_proven, m.made_by, m.made_by_name, m.made_at,
        m.accepted_by, m.accepted_by_name, m.accepted_at, m.ended_by, m.ended_by_name, m.ended_at, m.note,
        case when m.ended_at is not null then case when m.accepted_at is null then 'turned_down' else 'ended' end
            when m.accepted_at is null then 'waiting'
            when exists (select from statement_mapping n where n.name = m.name and n.version > m.version
                and n.accepted_at is not null) then 'replaced'
            else 'in_force' end
        """

    /// The bank's common name.
    public var bankName: String { BankNames.name(bin: bank) ?? bank }

    /// What statements are read by. A stored description was read when it was stored, so it is always one.
    public func mapping() throws -> StatementMapping {
        do throws(StatementMapping.Failure) {
            return try StatementMapping(json).stored(as: id)
        } catch {
            throw ServiceError(.invalidBody, at: error.member, error.reason)
        }
    }

    /// What the API returns and `khop statement mapping` prints.
    public var listed: JSON {
        func act(_ act: Act?) -> JSON {
            act.map { ["by": .string($0.name), "at": .text($0.at)] } ?? .null
        }
        return [
            "id": .integer(id), "name": .string(name), "version": .integer(Int64(version)), "bank_bin": .string(bank),
            "account_number": .optional(account), "state": .string(state.rawValue), "is_proven": .bool(isProven),
            "made": act(made), "accepted": act(accepted), "ended": act(ended), "note": .optional(note),
            "mapping": json,
        ]
    }
}

extension StoredMapping {
    init(_ row: Row) throws {
        func act(_ place: Int) throws -> Act? {
            guard let by = try row.get(place, as: String?.self), let at = try row.get(place + 2, as: Instant?.self)
            else { return nil }
            return Act(by: by, name: try row.get(place + 1), at: at)
        }
        id = try row.get(0)
        name = try row.get(1)
        version = try row.get(2)
        bank = try row.get(3)
        account = try row.get(4)
        json = try row.get(5)
        isProven = try row.get(6)
        made = Act(by: try row.get(7), name: try row.get(8), at: try row.get(9))
        accepted = try act(10)
        ended = try act(13)
        note = try row.get(16)
        state = State(rawValue: try row.get(17)) ?? .ended
    }
}
